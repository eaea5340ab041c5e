// Bundles for tests, put together from raw resources.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "sync/fhir/import.h"
#include "sync/fhir/summary_reader.h"

namespace kazashi::tests {

inline const std::string hanako =
    R"({"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:oid:2.999.392.1","value":"0000000001"}],)"
    R"("name":[{"text":"臼杵 花子"}],"birthDate":"1941-02-11","gender":"female"})";

inline std::string bundle(const std::vector<std::string>& resources, const std::string& type = "collection") {
    std::string text = R"({"resourceType":"Bundle","type":")" + type + R"(","entry":[)";
    for (std::size_t i = 0; i < resources.size(); ++i)
        text += (i == 0 ? "" : ",") + std::string{R"({"resource":)"} + resources[i] + "}";
    return text + "]}";
}

// A resource of hanako's: `rest` is what stands behind its type and subject.
inline std::string of_hanako(const std::string& type, const std::string& rest) {
    const bool patient = type == "AllergyIntolerance" || type == "Immunization";
    return R"({"resourceType":")" + type + R"(",")" + (patient ? "patient" : "subject") +
           R"(":{"reference":"Patient/p1"},)" + rest + "}";
}

// What import says of a body.
struct Outcome {
    std::variant<fhir::Import, fhir::Refusal> result;
    bool imported() const { return std::holds_alternative<fhir::Import>(result); }
    const fhir::Import& import() const { return std::get<fhir::Import>(result); }
    const fhir::Issue& issue() const { return std::get<fhir::Refusal>(result).issues.front(); }
    bool refused(const std::string& code, const std::string& expression) const {
        return !imported() && issue().code == code && issue().expression == expression;
    }
};
inline Outcome import(const std::string& body) { return {fhir::import_bundle(body)}; }

inline const base::Date today{std::chrono::year{2026} / 3 / 20};

inline std::unique_ptr<model::Summary> summary_of(const std::vector<std::string>& resources, base::Date day = today) {
    auto all = resources;
    all.insert(all.begin(), hanako);
    const auto text = bundle(all);
    auto summary = fhir::read_summary({{model::Section::emergency, text}}, day);
    return summary ? std::move(*summary) : nullptr;
}

}  // namespace kazashi::tests
