// An answer that is on its way: it arrives as late as a real reader's would.
#pragma once

#include <chrono>
#include <optional>

#include "cardio/base/bytes.h"

namespace kazashi::simulator {

using Moment = std::chrono::steady_clock::time_point;

struct LateAnswer {
    base::Bytes octets;
    Moment due;
};

}  // namespace kazashi::simulator
