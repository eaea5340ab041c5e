// The region's time, for receipts, pages and signed time. Within one run it never steps back, so that nothing it has
// signed lies in its own future. Safe to ask from any thread.
#pragma once

#include <algorithm>
#include <mutex>

#include "cardio/base/clock.h"
#include "sync/model/ids.h"

namespace kazashi::server {

class RegionClock {
public:
    explicit RegionClock(const base::Clock& clock) : clock_{clock} {}
    model::UtcTime now() {
        const std::lock_guard lock{mutex_};
        return last_ = std::max(last_, clock_.wall());
    }

private:
    std::mutex mutex_;
    const base::Clock& clock_;
    model::UtcTime last_;
};

}  // namespace kazashi::server
