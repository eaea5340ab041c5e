#include "cardio/base/clock.h"

#include <ctime>

namespace kazashi::base {

UtcTime SystemClock::wall() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::boot() const {
    std::timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return SteadyTime{std::chrono::seconds{now.tv_sec} +
                      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds{now.tv_nsec})};
}

}  // namespace kazashi::base
