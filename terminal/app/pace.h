// When to draw. A frame is drawn because something happened, at once, and not while the next step of a tap is a moment
// away: a frame takes longer than the step. Pure; times are the boot clock's.
#pragma once

#include <chrono>
#include <optional>

#include "cardio/base/clock.h"

namespace kazashi::app {

using base::SteadyTime;

class Pace {
public:
    void input();                                // a finger, a pointer, a key
    void changed();                              // the state changed, and it shows
    void progressed();                           // only a counter did
    void tapping(bool tapping, SteadyTime now);  // between card and summary, with nothing asked of anybody

    bool due(SteadyTime now) const;
    void drew(SteadyTime now);
    // When due() will be true if nothing else happens; nullopt: no frame is owed.
    std::optional<SteadyTime> next() const;

private:
    int owed_{0};
    bool counter_only_{false};
    std::optional<SteadyTime> last_;
    std::optional<SteadyTime> tap_since_;
};

}  // namespace kazashi::app
