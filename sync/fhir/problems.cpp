#include "sync/fhir/problems.h"

#include <algorithm>
#include <array>

#include "sync/fhir/dates.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/text.h"

namespace kazashi::fhir {
namespace {

constexpr std::string_view prefix_modifier =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePrefixModifier";
constexpr std::string_view postfix_modifier =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePostfixModifier";

std::string_view status(Node condition, std::string_view member) {
    return condition[member]["coding"].at(0)["code"].text();
}

// A disease without its modifier can say the opposite (の疑い, 術後): what the text lacks is put to it.
std::string name_of(Node condition) {
    auto name = words(condition["code"]);
    for (const auto extension : condition["extension"]) {
        const auto modifier = words(extension["valueCodeableConcept"]);
        if (modifier.empty() || name.find(modifier) != std::string::npos) continue;
        if (extension["url"].text() == prefix_modifier) name.insert(0, modifier);
        if (extension["url"].text() == postfix_modifier) name += modifier;
    }
    return name;
}

bool is_suspected(std::string_view verification, std::string_view name) {
    return verification == "provisional" || verification == "unconfirmed" || verification == "differential" ||
           name.find("疑い") != std::string_view::npos || name.find("うたがい") != std::string_view::npos;
}

bool is_active(Node condition) {
    const auto clinical = status(condition, "clinicalStatus");
    if (clinical == "active" || clinical == "recurrence" || clinical == "relapse") return true;
    if (!clinical.empty()) return false;
    for (const auto member : condition)
        if (member.name().starts_with("abatement")) return false;
    return true;
}

bool says_nothing(Node code) {
    return has_code(code, CodeSystem::snomed, "160245001") || has_code(code, CodeSystem::snomed, "1287211007") ||
           has_code(code, CodeSystem::absent_unknown, "no-known-problems") ||
           has_code(code, CodeSystem::absent_unknown, "no-problem-info");
}

model::RecordDate since(Node condition) {
    for (const auto date : {condition["onsetDateTime"], condition["onsetPeriod"]["start"], condition["recordedDate"]})
        if (auto found = record_date(date.text()); found.day) return found;
    return {};
}

void merge(std::vector<model::Problem>& list, model::Problem problem) {
    const auto same = std::find_if(list.begin(), list.end(), [&](const model::Problem& other) {
        return other.code == problem.code && other.name == problem.name;
    });
    if (same == list.end()) return list.push_back(std::move(problem));
    same->active = same->active || problem.active;
    same->suspected = same->suspected && problem.suspected;
    join(same->facility, problem.facility, "、");
    if (problem.since.day && (!same->since.day || *problem.since.day < *same->since.day)) same->since = problem.since;
}

}  // namespace

std::vector<model::Problem> read_problems(const Record& record) {
    std::vector<model::Problem> problems;
    record.each("Condition", [&](const Entry& entry) {
        const auto resource = entry.resource;
        const auto verification = status(resource, "verificationStatus");
        if (verification == "refuted" || verification == "entered-in-error") return;
        if (has_unknown_modifier(resource) || says_nothing(resource["code"])) return;
        model::Problem problem;
        problem.name = name_of(resource);
        problem.code = code_in(resource["code"], CodeSystem::icd10);
        if (problem.name.empty()) problem.name = problem.code;
        problem.active = is_active(resource);
        problem.suspected = is_suspected(verification, problem.name);
        problem.since = since(resource);
        problem.facility = record.facility(entry, {"recorder", "asserter"});
        merge(problems, std::move(problem));
    });
    std::stable_sort(problems.begin(), problems.end(), [](const model::Problem& a, const model::Problem& b) {
        return std::tuple{a.active, a.since.day} > std::tuple{b.active, b.since.day};
    });
    return problems;
}

}  // namespace kazashi::fhir
