// One invented person of the town: who they are, what they have, where they are treated.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cardio/base/clock.h"
#include "sync/demo/town.h"

namespace kazashi::demo {

struct Resident {
    std::string number;  // ten digits, 地域共通ID
    std::string family;
    std::string given;
    std::string family_kana;
    std::string given_kana;
    std::string latin;  // of residents from abroad; may be empty
    std::string sex;
    base::Date born;
    int age{};
    std::string address;
    std::string phone;
    std::string contact;  // name of a relative; may be empty
    std::string blood;    // "A"; empty: not known
    Place clinic;         // the family's
    std::map<std::string, Place> specialists;
    Place hospital;
    Place pharmacy;
    std::vector<Illness> illnesses;

    std::string kanji() const { return given.empty() ? family : family + " " + given; }
    std::string kana() const { return given_kana.empty() ? family_kana : family_kana + " " + given_kana; }
    // "hospital", or a field of clinics; what has no clinic of its own is treated at the family's.
    const Place& treated_at(const std::string& kind) const {
        if (kind == "hospital") return hospital;
        const auto specialist = specialists.find(kind);
        return specialist == specialists.end() ? clinic : specialist->second;
    }
};

int age_on(base::Date born, base::Date day);

Resident make_resident(const Tables& tables, const Town& town, base::Date today, int index, Random& random);
// The story's patient: number 0000000001.
Resident make_heroine(const Tables& tables, const Town& town, base::Date today);

}  // namespace kazashi::demo
