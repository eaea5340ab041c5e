// The emergency key (design §5): one per epoch, made by the region, held by the terminals of facility types that may
// break the glass. It opens the emergency wraps of every patient's emergency sections, and the name index.
#pragma once

#include <optional>

#include "sync/server/region.h"

namespace kazashi::server {

struct Emergency {
    std::int64_t epoch{};
    vault::EmergencyKey key;
    model::SectionSet sections;  // of all types that may break the glass, together
};

bool may_break_glass(const model::TypePolicy& rules);
model::SectionSet emergency_sections(const model::Policy& policy);

// nullopt: no epoch has begun yet.
Result<std::optional<Emergency>> newest_emergency(Records& records, const RegionKeys& keys);

// The terminal's own wrap of the key, if its facility's type may break the glass.
Status admit_to_emergency(Records& records, const RegionKeys& keys, const TerminalRecord& terminal);

// A new key for everybody who is still in service: every emergency wrap and every page of names is made again. What an
// old key opened of packages that have not changed since, it opens still, for whoever kept both.
Status new_emergency_epoch(Records& records, const RegionKeys& keys, model::UtcTime now);

}  // namespace kazashi::server
