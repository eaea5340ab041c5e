#include "terminal/state/update.h"

#include "terminal/state/steps.h"

namespace kazashi::state {

Effects update(State& state, Event event) {
    Effects effects;
    std::visit([&](auto&& what) { take(state, std::forward<decltype(what)>(what), effects); }, std::move(event));
    return effects;
}

Effects update(State& state, Intent intent) {
    Effects effects;
    state.last_touch = state.at;
    std::visit([&](auto&& what) { take(state, std::forward<decltype(what)>(what), effects); }, std::move(intent));
    return effects;
}

}  // namespace kazashi::state
