// Whether a demonstration's clock has leapt since the last look. It lives in a file, so it has to be looked at.
#pragma once

#include <chrono>

#include "cardio/base/clock.h"

namespace kazashi::app {

class DemoTime {
public:
    DemoTime(const base::Clock& demo, const base::Clock& machine) : demo_{demo}, machine_{machine} { leapt(); }

    bool leapt() {
        const auto wall = std::chrono::round<std::chrono::seconds>(demo_.wall() - machine_.wall());
        const auto boot = std::chrono::round<std::chrono::seconds>(demo_.boot() - machine_.boot());
        const bool moved = wall != wall_ || boot != boot_;
        wall_ = wall;
        boot_ = boot;
        return moved;
    }

private:
    const base::Clock& demo_;
    const base::Clock& machine_;
    std::chrono::seconds wall_{};
    std::chrono::seconds boot_{};
};

}  // namespace kazashi::app
