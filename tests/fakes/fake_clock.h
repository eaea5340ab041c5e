// A clock that stands still until it is told to move.
#pragma once

#include "cardio/base/clock.h"

namespace kazashi::fakes {

class FakeClock final : public base::Clock {
public:
    base::UtcTime wall() const override { return wall_; }
    base::SteadyTime boot() const override { return boot_; }

    // Time passes: both clocks advance.
    void pass(std::chrono::microseconds time) {
        boot_ += time;
        wall_ += std::chrono::duration_cast<std::chrono::milliseconds>(time);
    }
    // Somebody sets the wall clock.
    void set_wall(base::UtcTime time) { wall_ = time; }
    void pass_boot_only(std::chrono::microseconds time) { boot_ += time; }

private:
    base::UtcTime wall_{std::chrono::milliseconds{1'767'225'600'000}};
    base::SteadyTime boot_{std::chrono::microseconds{5'000'000}};
};

}  // namespace kazashi::fakes
