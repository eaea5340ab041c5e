// The emergency facts a patient's card carries itself (design §2): what can be read of somebody whose summary is not
// here. Codes only; of what could not be said, or did not fit, it is known how much there is. Octets:
// sync/wire/capsule.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cardio/base/clock.h"
#include "sync/model/summary.h"

namespace kazashi::model {

enum class Abo : std::uint8_t { unknown, a, b, o, ab };
enum class Rh : std::uint8_t { unknown, positive, negative };

// Only what a code of the record says. unknown is no "no".
enum class Known : std::uint8_t { unknown, yes, no };

struct CapsuleAllergy {
    // First seven characters of a YJ code, all digits ("1149019": class, way and ingredient), or a JFAGY code of a food
    // or another substance ("J9F" or "J9N", a letter or digit, eight digits).
    std::string code;
    bool contraindicated{};  // a drug this person must not get for another reason than an allergy
    bool severe{};
    bool unconfirmed{};
    bool operator==(const CapsuleAllergy&) const = default;
};

struct Capsule {
    base::Date date;  // when the region put it together
    Abo abo{};
    Rh rh{};
    Known implant{};  // in the body and working: pacemaker, defibrillator, pump …
    Known dialysis{};
    Known anticoagulant{};
    Known pregnancy{};
    AllergyKnowledge allergy_knowledge{};   // none_confirmed is not said beside a drug that must not be given
    std::vector<CapsuleAllergy> allergies;  // severe ones first, then contraindicated drugs, unconfirmed ones last
    int allergies_left_out{};               // had no code, or did not fit
    std::vector<std::string> conditions;    // ICD-10 without a dot, three or four characters; at most eight
    int conditions_left_out{};
    std::string emergency_phone;     // digits, perhaps with + before them; empty: none
    std::string preferred_hospital;  // its ten-digit institution number; empty: none
    bool operator==(const Capsule&) const = default;
};

inline constexpr std::size_t capsule_conditions = 8;
inline constexpr int capsule_allergies_left_out = 63;  // or more, from there on
inline constexpr int capsule_conditions_left_out = 15;
inline constexpr std::size_t capsule_phone_digits = 15;  // E.164

bool is_capsule_allergy(std::string_view code);
bool is_capsule_condition(std::string_view code);
bool is_capsule_phone(std::string_view phone);
bool is_capsule_hospital(std::string_view number);

}  // namespace kazashi::model
