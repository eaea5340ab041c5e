#pragma once

#include "sync/fhir/record.h"
#include "sync/model/summary.h"

namespace kazashi::fhir {

// Active first, then newest first; the same disease at two facilities is one row.
std::vector<model::Problem> read_problems(const Record& record);

}  // namespace kazashi::fhir
