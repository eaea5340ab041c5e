// What the FHIR part knows of resource types, and small readings that import and summary share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/fhir/code_systems.h"
#include "sync/fhir/json.h"
#include "sync/model/section.h"

namespace kazashi::fhir {

// Which part of a summary a resource belongs to; nullopt: kept, but no section shows it.
std::optional<model::Section> section_of(Node resource);

// Organizations, people, places, drugs: what clinical resources point to. They are no clinical fact of their own.
bool is_support(std::string_view type);
// The shared ones of these: they belong to no patient.
bool is_shared(std::string_view type);
// A container or message, never part of a record: Bundle, Parameters, OperationOutcome …
bool is_container(std::string_view type);

// 未告知: the patient does not know. Nothing a patient may see carries any trace of it.
bool is_uninformed(Node resource);

// A modifier this program does not know could turn the meaning round (fhir.md §1.10, 6): such a resource is kept,
// counted and not shown.
bool has_unknown_modifier(Node node);

// Whether a screen can show it or rightly leaves it out; false: it counts as not understood.
bool is_understood(Node resource);

// The reference to the patient, wherever the type keeps it; absent if there is none.
Node patient_reference(Node resource);

// First coding of a system in a CodeableConcept, canonical; empty if there is none.
std::string code_in(Node concept_, CodeSystem system);
bool has_code(Node concept_, CodeSystem system, std::string_view code);
// Words of a CodeableConcept: its text, else the first display, else the first code. Tidied.
std::string words(Node concept_);

bool is_laboratory(Node observation);
bool is_blood_group(Node observation);

}  // namespace kazashi::fhir
