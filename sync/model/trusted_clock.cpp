#include "sync/model/trusted_clock.h"

#include <algorithm>
#include <utility>

namespace kazashi::model {

TrustedClock::TrustedClock(const base::Clock& clock, std::optional<UtcTime> persisted_mark)
    : clock_{clock}, mark_{std::max(persisted_mark.value_or(UtcTime{}), clock.wall())}, marked_at_{clock.boot()} {}

TrustedTime TrustedClock::read() {
    const auto boot = clock_.boot();
    if (boot < marked_at_) marked_at_ = boot;
    // Whole milliseconds only, so that many reads in a row do not lose the rest.
    const auto elapsed = std::chrono::floor<std::chrono::milliseconds>(boot - marked_at_);
    mark_ += elapsed;
    marked_at_ += elapsed;

    const auto wall = clock_.wall();
    if (wall > mark_ + tolerance) region_heard_ = false;  // somebody set it forward; the region has not said so
    mark_ = std::max(mark_, wall);

    const bool was_behind = behind_;
    behind_ = wall < mark_ - tolerance;
    if (behind_ && !was_behind) fault_pending_ = true;

    if (behind_) return {mark_, ClockQuality::behind};
    return {mark_, region_heard_ ? ClockQuality::region : ClockQuality::wall};
}

void TrustedClock::heard_region(UtcTime signed_time) {
    const auto now = read().now;
    if (signed_time < now - tolerance) return;
    mark_ = std::max(now, signed_time);
    region_heard_ = true;
}

bool TrustedClock::take_fault() { return std::exchange(fault_pending_, false); }

}  // namespace kazashi::model
