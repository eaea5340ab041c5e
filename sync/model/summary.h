// What the screen shows of a patient: already chosen, merged and in words of the record. Text is UTF-8.
// Always held by unique_ptr and never copied: when it goes, its memory is wiped (terminal/app/wipe_on_free.cpp).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/model/feed.h"

namespace kazashi::model {

enum class Sex : std::uint8_t { unknown, male, female, other };

// A FHIR date may lack day or month: `text` is what stands in the record, `day` its first day.
struct RecordDate {
    std::string text;  // "2026-03-02", "2026-03", "2026"; empty: none
    std::optional<base::Date> day;
};

struct Person {
    std::string kanji;
    std::string kana;
    RecordDate born;
    Sex sex{};
    std::string blood;  // "A Rh+"; display only
    std::string phone;
};

struct Allergy {
    std::string what;
    std::string code;  // normalised; may be empty: free text is legal
    std::string key;   // of its code what a capsule carries: seven characters of YJ, or a JFAGY code; may be empty
    std::string reaction;
    bool medicine{};
    bool severe{};
    bool unconfirmed{};
    RecordDate recorded;
    std::string facility;
};
enum class AllergyKnowledge : std::uint8_t { unknown, none_confirmed, listed };  // three faces, never mixed

struct Medicine {
    std::string code;  // one code per drug: old and new code-system URIs are one
    std::string name;
    std::string usage;
    int days{};  // 0: not said
    bool as_needed{};
    bool current{};
    RecordDate since;
    RecordDate until;
    std::string prescribed_at;
    std::string dispensed_at;
};

struct Problem {
    std::string name;
    std::string code;  // ICD-10 without a dot
    bool active{};
    bool suspected{};  // 疑い: never shown as an established diagnosis
    RecordDate since;
    std::string facility;
};

enum class LabFlag : std::uint8_t { none, low, high, abnormal };
struct LabPoint {
    base::Date day;
    double value{};
};
struct LabValue {
    std::string name;
    std::string code;   // JLAC10
    std::string value;  // as written in the record: 1.50 stays 1.50
    std::string unit;
    std::string range;  // "3.6–4.8"
    LabFlag flag{};
    RecordDate taken;
    std::string facility;
    std::vector<LabPoint> history;  // oldest first, same unit only
};

struct Summary {
    PatientRef patient;
    SectionSet sections;
    UtcTime as_of;
    Person person;
    AllergyKnowledge allergy_knowledge{};
    RecordDate allergies_checked;
    std::vector<Allergy> allergies;
    std::vector<Medicine> medicines;  // current first, then newest first
    std::vector<Problem> problems;
    std::vector<LabValue> labs;
    int not_understood{};  // resources kept in the record that this screen cannot show
};

}  // namespace kazashi::model
