// What is wrong with a body as a whole: names the element, as an OperationOutcome must.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/fhir/import.h"
#include "sync/fhir/json.h"

namespace kazashi::fhir {

Issue problem(Issue::Severity severity, std::string code, std::string expression, std::string what);
Refusal refuse(std::string code, std::string expression, std::string what, int http_status = 400);

// An element too long to be kept, or a name twice in one object: readers would disagree about which one counts.
std::optional<Refusal> diagnose(Node root);
// The element that takes the most bytes, for a body that is too long as a whole.
std::string longest_element(Node root);

// Primitives of the wrong JSON type ("active": "true"): read all the same, and told.
void tell_wrong_types(Node resource, const std::string& path, std::vector<Issue>& issues);

}  // namespace kazashi::fhir
