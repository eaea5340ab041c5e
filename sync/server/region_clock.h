// The region's time, for receipts, pages and signed time. Within one run it never steps back, so that nothing it has
// signed lies in its own future. Safe to ask from any thread.
#pragma once

#include <mutex>

#include "sync/model/trusted_clock.h"

namespace kazashi::server {

class RegionClock {
public:
    explicit RegionClock(const base::Clock& clock) : clock_{clock, std::nullopt} {}
    model::UtcTime now() {
        const std::lock_guard lock{mutex_};
        return clock_.read().now;
    }

private:
    std::mutex mutex_;
    model::TrustedClock clock_;
};

}  // namespace kazashi::server
