#include "sync/fhir/capsule_facts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "sync/fhir/allergies.h"
#include "sync/fhir/dates.h"
#include "sync/fhir/person.h"
#include "sync/fhir/problems.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/text.h"
#include "sync/fhir/tuning.h"

namespace kazashi::fhir {
namespace {

using model::Capsule;
using model::CapsuleAllergy;
using model::Known;

std::string_view status(Node resource, std::string_view member) {
    return resource[member]["coding"].at(0)["code"].text();
}

// ---- what must not be given

// The same substance from two sources is one line: the graver word counts.
void add(Capsule& capsule, CapsuleAllergy allergy) {
    if (allergy.code.empty()) {
        ++capsule.allergies_left_out;
        return;
    }
    const auto same = std::find_if(capsule.allergies.begin(), capsule.allergies.end(), [&](const auto& known) {
        return known.code == allergy.code && known.contraindicated == allergy.contraindicated;
    });
    if (same == capsule.allergies.end()) return capsule.allergies.push_back(std::move(allergy));
    same->severe = same->severe || allergy.severe;
    same->unconfirmed = same->unconfirmed && allergy.unconfirmed;
}

void add_allergies(const Record& record, Capsule& capsule) {
    model::Summary summary;
    read_allergies(record, summary);
    capsule.allergy_knowledge = summary.allergy_knowledge;
    for (const auto& allergy : summary.allergies)
        add(capsule, {allergy.key, false, allergy.severe, allergy.unconfirmed});
}

void add_contraindicated(const Record& record, Capsule& capsule) {
    record.each("Flag", [&](const Entry& entry) {
        const auto flag = entry.resource;
        if (flag["status"].text() != "active" || has_unknown_modifier(flag)) return;
        for (const auto category : flag["category"])
            for (const auto coding : category["coding"])
                if (coding["system"].text() == "http://terminology.hl7.org/CodeSystem/flag-category" &&
                    coding["code"].text() == "drug")
                    return add(capsule, {allergen_key(flag["code"]), true, false, false});
    });
    record.each("MedicationRequest", [&](const Entry& entry) {
        const auto request = entry.resource;
        if (request["doNotPerform"].boolean() != true || request["status"].text() != "active") return;
        if (!has_unknown_modifier(request))
            add(capsule, {allergen_key(request["medicationCodeableConcept"]), true, false, false});
    });
}

// Where room ends, on the card or on the screen, the last are missing.
int rank(const CapsuleAllergy& allergy) {
    if (allergy.severe) return 0;
    if (allergy.contraindicated) return 1;
    return allergy.unconfirmed ? 3 : 2;
}

// ---- conditions, and what they say of the four questions

bool says_implant(std::string_view code) {
    if (code == "Z951" || code == "Z961" || code == "Z965") return false;
    return code.starts_with("Z95") || code.starts_with("Z96");
}
bool says_dialysis(std::string_view code) { return code == "Z992"; }
bool says_anticoagulant(std::string_view code) { return code == "Z921"; }
bool says_pregnancy(std::string_view code) {
    return code.starts_with("Z33") || code.starts_with("Z34") || code.starts_with("Z35");
}

void hear(Known& known, Known said) {
    if (said == Known::unknown || known == Known::yes) return;
    known = said;
}

void hear_code(Capsule& capsule, std::string_view code, Known said) {
    if (says_implant(code)) hear(capsule.implant, said);
    if (says_dialysis(code)) hear(capsule.dialysis, said);
    if (says_anticoagulant(code)) hear(capsule.anticoagulant, said);
    if (says_pregnancy(code)) hear(capsule.pregnancy, said);
}

void add_conditions(const Record& record, Capsule& capsule) {
    for (const auto& problem : read_problems(record)) {
        if (!problem.active || problem.suspected) continue;
        const auto code = problem.code.substr(0, 4);
        hear_code(capsule, code, Known::yes);
        if (!model::is_capsule_condition(code)) {
            ++capsule.conditions_left_out;
        } else if (std::find(capsule.conditions.begin(), capsule.conditions.end(), code) == capsule.conditions.end()) {
            capsule.conditions.push_back(code);
        }
    }
    record.each("Condition", [&](const Entry& entry) {
        const auto condition = entry.resource;
        if (status(condition, "verificationStatus") != "refuted" || has_unknown_modifier(condition)) return;
        hear_code(capsule, code_in(condition["code"], CodeSystem::icd10).substr(0, 4), Known::no);
    });
}

// ---- devices, procedures, observations

template <std::size_t N>
bool has_any(Node concept_, const std::array<std::string_view, N>& snomed) {
    return std::any_of(snomed.begin(), snomed.end(),
                       [&](std::string_view code) { return has_code(concept_, CodeSystem::snomed, code); });
}

void add_devices(const Record& record, Capsule& capsule) {
    constexpr std::array<std::string_view, 3> implants{"14106009", "72506001", "43252007"};
    record.each("DeviceUseStatement", [&](const Entry& entry) {
        const auto use = entry.resource;
        if (use["status"].text() != "active" || has_unknown_modifier(use)) return;
        const auto device = record.entries().resolve(use["device"], entry);
        if (has_code(device["type"], CodeSystem::absent_unknown, "no-known-devices")) hear(capsule.implant, Known::no);
        if (has_any(device["type"], implants)) hear(capsule.implant, Known::yes);
    });
}

std::optional<base::Date> day_of(Node resource, std::string_view prefix) {
    const auto name = std::string{prefix};
    for (const auto date :
         {resource[name + "DateTime"], resource[name + "Period"]["end"], resource[name + "Period"]["start"]})
        if (const auto found = record_date(date.text()); found.day) return found.day;
    return {};
}

bool of_late(std::optional<base::Date> day, int days, base::Date today) {
    return day && days_between(*day, today) <= days;
}

void add_dialysis(const Record& record, Capsule& capsule, base::Date today) {
    constexpr std::array<std::string_view, 3> dialyses{"302497006", "71192002", "265764009"};
    record.each("Procedure", [&](const Entry& entry) {
        const auto procedure = entry.resource;
        const auto state = procedure["status"].text();
        if (!has_any(procedure["code"], dialyses) || has_unknown_modifier(procedure)) return;
        const bool done = state == "completed" && of_late(day_of(procedure, "performed"), dialysis_days, today);
        if (state == "in-progress" || done) hear(capsule.dialysis, Known::yes);
    });
}

Known pregnancy_of(Node value) {
    if (has_code(value, CodeSystem::snomed, "77386006") || has_code(value, CodeSystem::loinc, "LA15173-0"))
        return Known::yes;
    if (has_code(value, CodeSystem::snomed, "60001007") || has_code(value, CodeSystem::loinc, "LA26683-5"))
        return Known::no;
    return Known::unknown;
}

// The newest counts: who was pregnant in spring is not in autumn.
void add_pregnancy(const Record& record, Capsule& capsule, base::Date today) {
    std::optional<base::Date> newest;
    auto said = Known::unknown;
    record.each("Observation", [&](const Entry& entry) {
        const auto observation = entry.resource;
        const auto state = observation["status"].text();
        if (state != "final" && state != "amended" && state != "corrected") return;
        if (!has_code(observation["code"], CodeSystem::loinc, "82810-3") || has_unknown_modifier(observation)) return;
        const auto day = day_of(observation, "effective");
        if (!day || (newest && *day < *newest)) return;
        newest = day;
        said = pregnancy_of(observation["valueCodeableConcept"]);
    });
    if (of_late(newest, said == Known::yes ? pregnancy_days : no_pregnancy_days, today)) hear(capsule.pregnancy, said);
}

// ---- the person

void add_blood(const Record& record, Capsule& capsule) {
    const auto blood = read_person(record).blood;
    const auto abo = blood.substr(0, blood.find(' '));
    if (abo == "A") capsule.abo = model::Abo::a;
    if (abo == "B") capsule.abo = model::Abo::b;
    if (abo == "O") capsule.abo = model::Abo::o;
    if (abo == "AB") capsule.abo = model::Abo::ab;
    if (blood.ends_with("Rh+")) capsule.rh = model::Rh::positive;
    if (blood.ends_with("Rh-")) capsule.rh = model::Rh::negative;
}

// "tel:+81-972-00-0001", "０９７２（００）０００１" → digits, perhaps behind a +; empty where it says more than that.
std::string dialled(std::string_view written) {
    auto number = folded(written);
    if (number.starts_with("tel:")) number.erase(0, 4);
    std::erase_if(number, [](char c) { return c == '-' || c == ' ' || c == '(' || c == ')'; });
    return model::is_capsule_phone(number) ? number : std::string{};
}

bool is_emergency_contact(Node contact) {
    for (const auto relationship : contact["relationship"])
        for (const auto coding : relationship["coding"])
            if (coding["system"].text() == "http://terminology.hl7.org/CodeSystem/v2-0131" &&
                coding["code"].text() == "C")
                return true;
    return false;
}

std::string phone_of(Node patient) {
    for (const auto contact : patient["contact"]) {
        if (!is_emergency_contact(contact)) continue;
        for (const auto telecom : contact["telecom"])
            if (auto number = dialled(telecom["value"].text()); telecom["system"].text() == "phone" && !number.empty())
                return number;
    }
    return {};
}

std::string institution_number(Node identifier) {
    const bool fits =
        identifier["system"].text() == institution_system && model::is_capsule_hospital(identifier["value"].text());
    return fits ? std::string{identifier["value"].text()} : std::string{};
}

std::string hospital_of(const Record& record, const Entry& patient) {
    for (const auto practitioner : patient.resource["generalPractitioner"]) {
        if (auto number = institution_number(practitioner["identifier"]); !number.empty()) return number;
        for (const auto identifier : record.entries().resolve(practitioner, patient)["identifier"])
            if (auto number = institution_number(identifier); !number.empty()) return number;
    }
    return {};
}

void add_person(const Record& record, Capsule& capsule) {
    add_blood(record, capsule);
    record.each("Patient", [&](const Entry& entry) {
        if (capsule.emergency_phone.empty()) capsule.emergency_phone = phone_of(entry.resource);
        if (capsule.preferred_hospital.empty()) capsule.preferred_hospital = hospital_of(record, entry);
    });
}

}  // namespace

base::Result<Capsule> read_capsule_facts(std::string_view bundle, base::Date today) {
    KAZASHI_TRY(auto json, Json::parse(bundle));
    if (json->root()["resourceType"].text() != "Bundle") return base::Error{base::Fault::malformed, "not a Bundle"};
    Record record;
    record.add(std::move(json));
    Capsule capsule;
    capsule.date = today;
    add_contraindicated(record, capsule);
    add_allergies(record, capsule);
    std::stable_sort(capsule.allergies.begin(), capsule.allergies.end(),
                     [](const auto& a, const auto& b) { return rank(a) < rank(b); });
    add_conditions(record, capsule);
    add_devices(record, capsule);
    add_dialysis(record, capsule, today);
    add_pregnancy(record, capsule, today);
    add_person(record, capsule);
    return capsule;
}

}  // namespace kazashi::fhir
