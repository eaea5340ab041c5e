// The small values FHIR resources are made of: codes, texts, quantities.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace kazashi::demo {

using Fhir = nlohmann::ordered_json;

Fhir coding(const std::string& system, const std::string& code, const std::string& display = {});
Fhir concept_of(Fhir code, const std::string& text = {});
Fhir hl7(const std::string& table, const std::string& code);  // of the tables at terminology.hl7.org

Fhir in_days(int count);
Fhir amount(double value, const std::string& unit);
std::string short_number(double value);  // no more than two digits behind the point: 1.5, 2

// nlohmann knows no decimals: a number that must keep its written form travels as a marked string, until written() has
// made the text of the whole.
Fhir decimal(const std::string& digits);
std::string written(const Fhir& whole);

}  // namespace kazashi::demo
