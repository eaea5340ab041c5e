// The capsule key (sync/vault/capsule.h): one per epoch, made by the region, held by the terminals of facility types that
// may see the emergency section. It opens the capsules on cards; terminals get it at enrolment, and by the feed.
#pragma once

#include <vector>

#include "sync/server/region.h"
#include "sync/vault/capsule.h"

namespace kazashi::server {

// With the patient's card or by break-glass: a capsule is a few facts of the emergency section.
bool may_read_capsules(const model::TypePolicy& rules);

// Newest first; never empty after complete_region().
Result<std::vector<vault::CapsuleEpochKey>> open_capsule_keys(Records& records, const RegionKeys& keys);

// Every epoch, for one terminal: cards keep their capsules for years. Empty when its type may not read them.
Result<std::vector<model::CapsuleKeyWrap>> capsule_keys_for(Records& records, const RegionKeys& keys,
                                                            const TerminalRecord& terminal);
// The same into its feed.
Status admit_to_capsules(Records& records, const RegionKeys& keys, const TerminalRecord& terminal);
// Another policy: who may read them now gets the keys; when somebody may no longer, a new epoch begins.
Status follow_capsule_policy(Records& records, const RegionKeys& keys, const model::Policy& before, model::UtcTime now);

// A new key for everybody who is still in service. What the old one opens it opens still, until the card is met on-line
// and written anew.
Status new_capsule_epoch(Records& records, const RegionKeys& keys, model::UtcTime now);

}  // namespace kazashi::server
