#include "sync/fhir/allergies.h"

#include <algorithm>
#include <array>

#include "sync/fhir/dates.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/text.h"
#include "sync/model/capsule.h"

namespace kazashi::fhir {
namespace {

struct Said {
    CodeSystem system;
    std::string_view code;
};

// "No known allergy" of any kind. Free text is not looked at: なし is also a pear.
constexpr std::array none_known{Said{CodeSystem::snomed, "716186003"},
                                Said{CodeSystem::absent_unknown, "no-known-allergies"}};
// No allergy of one kind, or no information: neither an allergy nor the word that there is none.
constexpr std::array nothing_said{Said{CodeSystem::snomed, "409137002"},   // no known drug allergy
                                  Said{CodeSystem::snomed, "429625007"},   // … food allergy
                                  Said{CodeSystem::snomed, "428607008"},   // … environmental allergy
                                  Said{CodeSystem::snomed, "428197003"},   // … insect allergy
                                  Said{CodeSystem::snomed, "1003774007"},  // … latex allergy
                                  Said{CodeSystem::snomed, "1287211007"},  // no information available
                                  Said{CodeSystem::absent_unknown, "no-known-medication-allergies"},
                                  Said{CodeSystem::absent_unknown, "no-known-food-allergies"},
                                  Said{CodeSystem::absent_unknown, "no-known-environmental-allergies"},
                                  Said{CodeSystem::absent_unknown, "no-allergy-info"}};

template <std::size_t N>
bool says(Node concept_, const std::array<Said, N>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const Said& said) { return has_code(concept_, said.system, said.code); });
}

std::string_view status(Node resource, std::string_view member) {
    return resource[member]["coding"].at(0)["code"].text();
}

std::string reactions_of(Node allergy, bool& severe) {
    std::string reactions;
    for (const auto reaction : allergy["reaction"]) {
        for (const auto manifestation : reaction["manifestation"]) join(reactions, words(manifestation), "、");
        join(reactions, tidy(reaction["description"].text()), "、");
        severe = severe || reaction["severity"].text() == "severe";
    }
    return reactions;
}

std::string substance_of(Node allergy) {
    auto what = words(allergy["code"]);
    for (const auto reaction : allergy["reaction"])
        if (what.empty()) what = words(reaction["substance"]);
    return what;
}

std::string code_of(Node code) {
    for (const auto system : {CodeSystem::jfagy_drug, CodeSystem::yj, CodeSystem::generic_order, CodeSystem::jfagy_food,
                              CodeSystem::jfagy_other, CodeSystem::hot})
        if (auto found = code_in(code, system); !found.empty()) return found;
    return std::string{code["coding"].at(0)["code"].text()};
}

}  // namespace

std::string allergen_key(Node code) {
    for (const auto system : {CodeSystem::jfagy_drug, CodeSystem::yj, CodeSystem::generic_order})
        if (auto key = code_in(code, system).substr(0, 7); model::is_capsule_allergy(key)) return key;
    for (const auto system : {CodeSystem::jfagy_food, CodeSystem::jfagy_other})
        if (auto key = code_in(code, system); key.size() > 7 && model::is_capsule_allergy(key)) return key;
    return {};
}

namespace {

bool is_medicine(Node allergy) {
    for (const auto category : allergy["category"])
        if (category.text() == "medication") return true;
    const auto code = allergy["code"];
    return !code_in(code, CodeSystem::jfagy_drug).empty() || !code_in(code, CodeSystem::yj).empty() ||
           !code_in(code, CodeSystem::generic_order).empty() || !code_in(code, CodeSystem::hot).empty();
}

model::RecordDate recorded(Node allergy) {
    for (const auto* member : {"recordedDate", "onsetDateTime", "lastOccurrence"})
        if (auto date = record_date(allergy[member].text()); date.day) return date;
    return {};
}

model::Allergy read_allergy(const Record& record, const Entry& entry) {
    const auto resource = entry.resource;
    model::Allergy allergy;
    allergy.what = substance_of(resource);
    allergy.code = code_of(resource["code"]);
    allergy.key = allergen_key(resource["code"]);
    allergy.medicine = is_medicine(resource);
    allergy.severe = resource["criticality"].text() == "high";
    allergy.reaction = reactions_of(resource, allergy.severe);
    const auto verification = status(resource, "verificationStatus");
    allergy.unconfirmed = verification == "unconfirmed" || verification == "presumed";
    allergy.recorded = recorded(resource);
    allergy.facility = record.facility(entry, {"recorder", "asserter"});
    return allergy;
}

// Two facilities that know of the same allergy are one line: the graver word counts.
void merge(std::vector<model::Allergy>& list, model::Allergy allergy) {
    const auto same = std::find_if(list.begin(), list.end(), [&](const model::Allergy& other) {
        return !allergy.what.empty() && other.code == allergy.code && folded(other.what) == folded(allergy.what);
    });
    if (same == list.end()) return list.push_back(std::move(allergy));
    same->severe = same->severe || allergy.severe;
    same->medicine = same->medicine || allergy.medicine;
    same->unconfirmed = same->unconfirmed && allergy.unconfirmed;
    join(same->reaction, allergy.reaction, "、");
    join(same->facility, allergy.facility, "、");
    if (allergy.recorded.day > same->recorded.day) same->recorded = allergy.recorded;
}

}  // namespace

void read_allergies(const Record& record, model::Summary& summary) {
    bool none = false;
    bool unreadable = false;
    record.each("AllergyIntolerance", [&](const Entry& entry) {
        const auto resource = entry.resource;
        if (has_unknown_modifier(resource)) {
            unreadable = true;
            return;
        }
        const auto verification = status(resource, "verificationStatus");
        const auto clinical = status(resource, "clinicalStatus");
        if (verification == "entered-in-error" || verification == "refuted") return;
        // No longer at risk: not an allergy of today, and not the word that there is none either.
        if (clinical == "inactive" || clinical == "resolved") return;
        if (says(resource["code"], none_known)) {
            const auto date = record_date(resource["recordedDate"].text());
            if (!none || date.day > summary.allergies_checked.day) summary.allergies_checked = date;
            none = true;
        } else if (!says(resource["code"], nothing_said)) {
            merge(summary.allergies, read_allergy(record, entry));
        }
    });
    std::stable_sort(
        summary.allergies.begin(), summary.allergies.end(), [](const model::Allergy& a, const model::Allergy& b) {
            return std::tuple{a.severe, a.medicine, a.recorded.day} > std::tuple{b.severe, b.medicine, b.recorded.day};
        });
    using Knowledge = model::AllergyKnowledge;
    summary.allergy_knowledge = !summary.allergies.empty() ? Knowledge::listed
                                : none && !unreadable      ? Knowledge::none_confirmed
                                                           : Knowledge::unknown;
    if (summary.allergy_knowledge != Knowledge::none_confirmed) summary.allergies_checked = {};
}

}  // namespace kazashi::fhir
