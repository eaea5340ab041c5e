#include "tests/e2e/story/story_clock.h"

#include <fmt/format.h>

#include <fstream>

namespace kazashi::story {

base::Status StoryClock::pass(std::chrono::seconds time) {
    wall_ += time;
    boot_ += time;
    return write();
}

base::Status StoryClock::set_wall_back(std::chrono::seconds time) {
    wall_ -= time;
    return write();
}

base::Status StoryClock::write() const {
    // Renamed into place: a program that reads at this moment sees the old numbers or the new ones.
    const auto next = file_.string() + ".next";
    std::ofstream out{next};
    out << wall_.count() << ' ' << boot_.count() << '\n';
    out.close();
    std::error_code problem;
    std::filesystem::rename(next, file_, problem);
    if (!out || problem) return base::Error{base::Fault::io, "the demonstration's clock could not be moved"};
    return base::ok();
}

std::string last_day_of_window(base::UtcTime tapped, int days) {
    using namespace std::chrono;
    const year_month_day last{floor<std::chrono::days>(tapped + 9h) + std::chrono::days{days}};
    return fmt::format("{}月{}日", unsigned{last.month()}, unsigned{last.day()});
}

}  // namespace kazashi::story
