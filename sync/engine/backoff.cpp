#include <algorithm>
#include <cassert>

#include "sync/engine/engine.h"

namespace kazashi::engine {

// Between half the step and the whole of it, so that the terminals of a region do not all come back at once.
std::chrono::milliseconds Backoff::next(double random01) {
    assert(random01 >= 0.0 && random01 <= 1.0);
    auto step = first;
    for (int i = 0; i < failures && step < most; ++i) step *= 2;
    step = std::min(step, most);
    if (step < most) ++failures;
    const double share = 0.5 + random01 / 2;
    return std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(step.count()) * share)};
}

}  // namespace kazashi::engine
