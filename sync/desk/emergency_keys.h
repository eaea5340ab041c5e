// The emergency keys the feed brought this terminal, opened for a moment (design §5).
#pragma once

#include <vector>

#include "sync/store/store.h"
#include "sync/vault/lock.h"

namespace kazashi::desk {

using base::Result;

struct EpochKey {
    std::int64_t epoch{};
    vault::EmergencyKey key;
};
// Newest epoch first; one that does not open is left out. denied "no_emergency_key": there is none.
Result<std::vector<EpochKey>> open_emergency_keys(store::Store& store, const vault::SealingPair& facility);

}  // namespace kazashi::desk
