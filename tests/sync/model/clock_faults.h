// For the tests of the trusted clock.
#pragma once

#include <vector>

#include "sync/model/trusted_clock.h"

namespace kazashi::test {

constexpr auto small = model::TrustedClock::small;

inline std::vector<model::ClockFault> faults(model::TrustedClock& trusted) {
    static_cast<void>(trusted.read());
    std::vector<model::ClockFault> taken;
    while (const auto fault = trusted.take_fault()) taken.push_back(*fault);
    return taken;
}
inline std::vector<model::ClockFault> one(model::ClockFault fault) { return {fault}; }

inline model::ClockMark mark_at(model::UtcTime time) { return {time, time, false}; }

}  // namespace kazashi::test
