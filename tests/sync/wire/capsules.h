// Invented capsules, from empty to full.
#pragma once

#include "sync/model/capsule.h"

namespace kazashi::samples {

inline base::Date day(int year, unsigned month, unsigned day) {
    return base::Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

// Something of everything.
inline model::Capsule capsule() {
    model::Capsule capsule;
    capsule.date = day(2026, 11, 21);
    capsule.abo = model::Abo::ab;
    capsule.rh = model::Rh::negative;
    capsule.implant = model::Known::yes;
    capsule.dialysis = model::Known::no;
    capsule.pregnancy = model::Known::no;
    capsule.allergy_knowledge = model::AllergyKnowledge::listed;
    capsule.allergies = {{"6132016", false, true, false},
                         {"J9FC11310000", false, false, true},
                         {"J9N123456789", false, true, true},
                         {"1149019", true, false, false}};
    capsule.allergies_left_out = 2;
    capsule.conditions = {"I10", "E119", "N185"};
    capsule.conditions_left_out = 1;
    capsule.emergency_phone = "+81972000001";
    capsule.preferred_hospital = "4410000001";
    return capsule;
}

}  // namespace kazashi::samples
