// FHIR R4 → what the screen needs. Tolerant as reference fhir.md §1.10 says: what is not understood is counted, never
// fatal. Hides what a patient must not see: resources tagged UNINFORMED leave no trace, not even in the counts.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "cardio/base/result.h"
#include "sync/model/summary.h"

namespace kazashi::fhir {

// One opened section package: a Bundle as JSON.
struct SectionBundle {
    model::Section section{};
    std::string_view json;
};

// `today` decides what is still being taken. malformed when a bundle is not JSON or not a Bundle.
base::Result<std::unique_ptr<model::Summary>> read_summary(const std::vector<SectionBundle>& bundles, base::Date today);

}  // namespace kazashi::fhir
