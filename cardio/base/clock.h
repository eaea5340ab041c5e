// Time as a parameter: code that calls now() by itself cannot be tested.
#pragma once

#include <chrono>

namespace kazashi::base {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;  // what is stored or sent
using Date = std::chrono::year_month_day;                          // birthdays, days of treatment

// Time since boot, suspend included (CLOCK_BOOTTIME). For durations; it can neither be set nor stepped.
struct BootClock {
    using duration = std::chrono::microseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
};
using SteadyTime = BootClock::time_point;

class Clock {
public:
    virtual ~Clock() = default;
    virtual UtcTime wall() const = 0;      // the machine's wall clock: may be wrong, may be set back
    virtual SteadyTime boot() const = 0;
};

class SystemClock final : public Clock {
public:
    UtcTime wall() const override;
    SteadyTime boot() const override;
};

}  // namespace kazashi::base
