#pragma once

#include "sync/fhir/record.h"
#include "sync/model/summary.h"

namespace kazashi::fhir {

// Fills the three faces: listed · none confirmed (only where a resource says so, with its date) · unknown. A record
// without allergies, a section without entries and "no information" are unknown, never none.
// What a capsule can carry of a substance's code: seven characters of YJ, or a JFAGY code. Empty: it has no such code.
std::string allergen_key(Node code);

void read_allergies(const Record& record, model::Summary& summary);

}  // namespace kazashi::fhir
