#pragma once

#include "sync/fhir/record.h"
#include "sync/model/summary.h"

namespace kazashi::fhir {

model::Person read_person(const Record& record);

}  // namespace kazashi::fhir
