// update(): every decision of the terminal, pure.
#pragma once

#include <vector>

#include "terminal/state/state.h"

namespace kazashi::state {

using Effects = std::vector<Effect>;

// The state is changed in place (it is never copied: it may hold an opened summary) and the work to do is returned.
Effects update(State& state, Event event);
Effects update(State& state, Intent intent);

// When the next Tick is due if nothing happens before: the clock's next minute, an idle time, the end of a PIN lock.
// The loop sleeps until then (design §8).
SteadyTime next_tick(const State& state);

// How long a patient's screen still stays when nobody touches it; only in the last seconds.
std::optional<std::chrono::seconds> closing_in(const State& state);

}  // namespace kazashi::state
