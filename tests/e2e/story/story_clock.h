// The demonstration's clock, which terminal and region read from one file: moved here, as days pass in the story.
#pragma once

#include <chrono>
#include <filesystem>
#include <utility>

#include "cardio/base/demo_clock.h"
#include "cardio/base/result.h"

namespace kazashi::story {

class StoryClock {
public:
    explicit StoryClock(std::filesystem::path file) : file_{std::move(file)} {}

    base::Status pass(std::chrono::seconds time);           // wall and boot clock go on together, as days do
    base::Status set_wall_back(std::chrono::seconds time);  // somebody turns the wall clock; the boot clock goes on
    base::UtcTime now() const { return base::DemoClock{file_}.wall(); }

private:
    base::Status write() const;
    std::filesystem::path file_;
    std::chrono::seconds wall_{0};
    std::chrono::seconds boot_{0};
};

// 「1月19日」: the date a window made at `tapped` reaches to, as the consent screen says it. Day of the tap not
// counted.
std::string last_day_of_window(base::UtcTime tapped, int days);

}  // namespace kazashi::story
