#pragma once

#include "sync/fhir/record.h"
#include "sync/model/summary.h"

namespace kazashi::fhir {

// The latest value per code, newest first, with what came before it in the same unit.
std::vector<model::LabValue> read_labs(const Record& record);

}  // namespace kazashi::fhir
