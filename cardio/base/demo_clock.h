// The clock of a demonstration: the machine's, moved by two numbers of seconds that stand in a file and may change at
// any time ("<wall offset> <boot offset>"). Only programs of a demo region accept one.
#pragma once

#include <filesystem>
#include <utility>

#include "cardio/base/clock.h"

namespace kazashi::base {

class DemoClock final : public Clock {
public:
    explicit DemoClock(std::filesystem::path file) : file_{std::move(file)} {}
    UtcTime wall() const override;
    SteadyTime boot() const override;

private:
    std::filesystem::path file_;
    SystemClock system_;
};

}  // namespace kazashi::base
