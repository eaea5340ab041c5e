// From wraps and a grant to data keys, and to a summary. Packages are found only with a permit, and opened only when
// asked.
#pragma once

#include <functional>
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
Result<std::vector<SealedSection>> find_sections(store::Store& store, const model::Grant& grant,
                                                 const model::TrustedTime& now, model::OpenedBy by,
                                                 std::vector<SectionKey> keys);
model::SectionSet sections_of(const std::vector<SealedSection>& sections);

// What a card or an emergency key opens: every data key its wraps hold, also as wraps for the window to be, and the
// packages they fit. A wrap that does not open is left out. Faults as of find_sections().
struct Unwrapped {
    std::vector<store::WindowWrap> window_wraps;
    std::vector<SealedSection> sections;
};
using Unwrap = std::function<Result<vault::DataKey>(const model::Wrap& wrap)>;
Result<Unwrapped> unwrap_sections(store::Store& store, const model::Grant& grant, const model::TrustedTime& now,
                                  const std::vector<model::Wrap>& wraps, const Unwrap& unwrap,
                                  const vault::WindowKey& window_key);

// `as_of` of the summary is that of its oldest part.
Result<std::unique_ptr<model::Summary>> open_sections(const std::vector<SealedSection>& sections, base::Date today);

}  // namespace kazashi::desk
