#include "sync/desk/emergency_keys.h"

#include "cardio/base/log.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;

Result<std::vector<EpochKey>> open_emergency_keys(store::Store& store, const vault::SealingPair& facility) {
    KAZASHI_TRY(const auto wraps, store.emergency_keys());
    std::vector<EpochKey> keys;
    for (const auto& wrap : wraps) {
        auto key = vault::open_emergency_key(facility, wrap);
        if (key) {
            keys.push_back({wrap.epoch, std::move(*key)});
        } else {
            base::log(base::LogLevel::warning, "desk", "an emergency key does not open");
        }
    }
    if (keys.empty()) return Error{Fault::denied, "no_emergency_key"};
    return keys;
}

}  // namespace kazashi::desk
