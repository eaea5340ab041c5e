// The demonstration's clocks, which terminal and region read from a file each: moved here, as days pass in the story.
#pragma once

#include <chrono>
#include <filesystem>
#include <utility>

#include "cardio/base/demo_clock.h"
#include "cardio/base/result.h"

namespace kazashi::story {

class StoryClock {
public:
    StoryClock(std::filesystem::path terminal, std::filesystem::path region)
        : terminal_{std::move(terminal)}, region_{std::move(region)} {}

    base::Status pass(std::chrono::seconds time);  // wall and boot clock go on together, everywhere, as days do
    // Somebody turns the terminal's wall clock; its boot clock goes on, and the region's clocks stay as they are.
    base::Status set_wall_back(std::chrono::seconds time);
    base::UtcTime now() const { return base::DemoClock{terminal_}.wall(); }

private:
    base::Status write() const;
    std::filesystem::path terminal_;
    std::filesystem::path region_;
    std::chrono::seconds turned_{0};  // the terminal's wall clock, beyond what has passed
    std::chrono::seconds passed_{0};
};

// 「1月19日」: the date a window made at `tapped` reaches to, as the consent screen says it. Day of the tap not
// counted.
std::string last_day_of_window(base::UtcTime tapped, int days);

}  // namespace kazashi::story
