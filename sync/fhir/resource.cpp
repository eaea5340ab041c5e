#include "sync/fhir/resource.h"

#include <algorithm>
#include <array>

#include "sync/fhir/text.h"

namespace kazashi::fhir {
namespace {

using model::Section;

struct TypeOf {
    std::string_view type;
    Section section;
};
constexpr std::array sections{
    TypeOf{"AllergyIntolerance", Section::emergency},
    TypeOf{"Device", Section::emergency},
    TypeOf{"DeviceUseStatement", Section::emergency},
    TypeOf{"Flag", Section::emergency},
    TypeOf{"MedicationRequest", Section::medication},
    TypeOf{"MedicationStatement", Section::medication},
    TypeOf{"MedicationDispense", Section::medication},
    TypeOf{"MedicationAdministration", Section::medication},
    TypeOf{"Condition", Section::clinical},
    TypeOf{"Observation", Section::clinical},
    TypeOf{"DiagnosticReport", Section::clinical},
    TypeOf{"Procedure", Section::clinical},
    TypeOf{"Immunization", Section::clinical},
    TypeOf{"DocumentReference", Section::clinical},
    TypeOf{"Composition", Section::clinical},
    TypeOf{"ClinicalImpression", Section::clinical},
    TypeOf{"FamilyMemberHistory", Section::clinical},
    TypeOf{"CarePlan", Section::care},
    TypeOf{"CareTeam", Section::care},
    TypeOf{"Goal", Section::care},
    TypeOf{"NutritionOrder", Section::care},
    TypeOf{"RelatedPerson", Section::care},
};

constexpr std::array<std::string_view, 5> shared_types{"Organization", "Practitioner", "PractitionerRole", "Location",
                                                       "HealthcareService"};
constexpr std::array<std::string_view, 7> container_types{
    "Bundle",       "Parameters",    "OperationOutcome",   "CapabilityStatement",
    "Subscription", "MessageHeader", "StructureDefinition"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view type_of(Node resource) { return resource["resourceType"].text(); }

// LOINC 42348-3, or the category codes of a living will and of a refusal of resuscitation.
bool is_advance_directive(Node consent) {
    constexpr std::array<std::string_view, 6> codes{"42348-3", "acd", "dnr", "polst", "hcd", "75320-2"};
    for (const auto category : consent["category"])
        for (const auto coding : category["coding"])
            if (among(codes, coding["code"].text())) return true;
    return consent["scope"]["coding"].at(0)["code"].text() == "adr";
}

bool has_value(Node observation) {
    for (const auto member : observation)
        if (member.name().starts_with("value")) return true;
    return false;
}

}  // namespace

std::optional<Section> section_of(Node resource) {
    const auto type = type_of(resource);
    if (type == "Observation" && is_blood_group(resource)) return Section::emergency;
    if (type == "Consent") return is_advance_directive(resource) ? std::optional{Section::emergency} : std::nullopt;
    const auto found = std::find_if(sections.begin(), sections.end(), [&](const TypeOf& t) { return t.type == type; });
    return found == sections.end() ? std::nullopt : std::optional{found->section};
}

bool is_support(std::string_view type) { return is_shared(type) || type == "Medication" || type == "Patient"; }
bool is_shared(std::string_view type) { return among(shared_types, type); }
bool is_container(std::string_view type) { return among(container_types, type); }

bool is_uninformed(Node resource) {
    for (const auto tag : resource["meta"]["tag"])
        if (tag["code"].text() == "UNINFORMED") return true;
    return false;
}

bool has_unknown_modifier(Node node) {
    for (const auto member : node) {
        if (member.name() == "modifierExtension" && member.at(0).present()) return true;
        if (member.name() == "implicitRules" && !member.text().empty()) return true;
        if (member.name() != "contained" && has_unknown_modifier(member)) return true;
    }
    return false;
}

bool is_understood(Node resource) {
    if (has_unknown_modifier(resource)) return false;
    const auto type = type_of(resource);
    if (is_support(type) || type == "AllergyIntolerance" || type == "Condition") return true;
    if (type == "MedicationRequest") return resource["doNotPerform"].boolean() != true;
    if (type == "MedicationStatement" || type == "MedicationDispense" || type == "MedicationAdministration")
        return true;
    return type == "Observation" && (is_blood_group(resource) || (is_laboratory(resource) && has_value(resource)));
}

Node patient_reference(Node resource) {
    for (const std::string_view member : {"subject", "patient", "beneficiary", "for", "individual"})
        if (const auto reference = resource[member]; reference.is(Node::Kind::object)) return reference;
    return {};
}

std::string code_in(Node concept_, CodeSystem system) {
    for (const auto coding : concept_["coding"])
        if (code_system(coding["system"].text()) == system && !coding["code"].text().empty())
            return canonical_code(system, coding["code"].text());
    return {};
}

bool has_code(Node concept_, CodeSystem system, std::string_view code) {
    for (const auto coding : concept_["coding"])
        if (coding["code"].text() == code && code_system(coding["system"].text()) == system) return true;
    return false;
}

std::string words(Node concept_) {
    if (auto text = tidy(concept_["text"].text()); !text.empty()) return text;
    for (const auto coding : concept_["coding"])
        if (auto display = tidy(coding["display"].text()); !display.empty()) return display;
    return tidy(concept_["coding"].at(0)["code"].text());
}

bool is_laboratory(Node observation) {
    for (const auto category : observation["category"])
        for (const auto coding : category["coding"])
            if (coding["code"].text() == "laboratory") return true;
    if (observation["category"].at(0).present()) return false;
    return !code_in(observation["code"], CodeSystem::jlac10).empty() ||
           !code_in(observation["code"], CodeSystem::core_lab).empty();
}

bool is_blood_group(Node observation) {
    constexpr std::array<std::string_view, 3> loinc{"883-9", "10331-7", "882-1"};  // ABO · Rh · both
    for (const auto coding : observation["code"]["coding"]) {
        const auto system = code_system(coding["system"].text());
        const auto code = coding["code"].text();
        if (system == CodeSystem::loinc && among(loinc, code)) return true;
        // JLAC10 analytes: ABO group and Rh(D) factor.
        if ((system == CodeSystem::jlac10 || system == CodeSystem::core_lab) &&
            (code.starts_with("5H010") || code.starts_with("5H020")))
            return true;
    }
    return false;
}

}  // namespace kazashi::fhir
