// From data keys and a grant to a summary. Packages are found only with a permit, and opened only when asked.
#pragma once

#include <memory>
#include <vector>

#include "sync/model/summary.h"
#include "sync/store/store.h"
#include "sync/vault/lock.h"

namespace kazashi::desk {

using base::Result;

struct SectionKey {
    model::PackageId package;
    vault::DataKey key;
};
struct SealedSection {
    model::Package package;
    vault::DataKey key;
};

// The packages of the grant's sections that are here and that one of the keys fits. denied: not, or no longer, granted.
// not_found: none at all. Call it under the snapshot that the keys were read in, so that versions belong together.
Result<std::vector<SealedSection>> find_sections(store::Store& store, const model::Grant& grant, model::UtcTime now,
                                                 std::vector<SectionKey> keys);
model::SectionSet sections_of(const std::vector<SealedSection>& sections);

// `as_of` of the summary is that of its oldest part.
Result<std::unique_ptr<model::Summary>> open_sections(const std::vector<SealedSection>& sections, base::Date today);

}  // namespace kazashi::desk
