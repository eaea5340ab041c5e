#include "terminal/app/pace.h"

#include <algorithm>

#include "terminal/app/tuning.h"

namespace kazashi::app {

void Pace::input() {
    owed_ = std::max(owed_, tuning::frames_after_input);
    counter_only_ = false;
}

void Pace::changed() {
    owed_ = std::max(owed_, tuning::frames_after_event);
    counter_only_ = false;
}

void Pace::progressed() {
    if (owed_ > 0) return;
    owed_ = 1;
    counter_only_ = true;
}

void Pace::tapping(bool tapping, SteadyTime now) {
    if (!tapping) tap_since_.reset();
    if (tapping && !tap_since_) tap_since_ = now;
}

std::optional<SteadyTime> Pace::next() const {
    if (owed_ == 0) return std::nullopt;
    SteadyTime at{};
    if (counter_only_ && last_) at = *last_ + tuning::progress_every;
    if (tap_since_) at = std::max(at, *tap_since_ + tuning::tap_patience);
    return at;
}

bool Pace::due(SteadyTime now) const {
    const auto at = next();
    return at && *at <= now;
}

void Pace::drew(SteadyTime now) {
    if (owed_ > 0) --owed_;
    if (owed_ == 0) counter_only_ = false;
    last_ = now;
}

}  // namespace kazashi::app
