#include "tests/e2e/story/story_clock.h"

#include <fmt/format.h>

#include <fstream>

namespace kazashi::story {

base::Status StoryClock::pass(std::chrono::seconds time) {
    passed_ += time;
    return write();
}

base::Status StoryClock::set_wall_back(std::chrono::seconds time) {
    turned_ -= time;
    return write();
}

namespace {

// Renamed into place: a program that reads at this moment sees the old numbers or the new ones.
base::Status put(const std::filesystem::path& file, std::chrono::seconds wall, std::chrono::seconds boot) {
    const auto next = file.string() + ".next";
    std::ofstream out{next};
    out << wall.count() << ' ' << boot.count() << '\n';
    out.close();
    std::error_code problem;
    std::filesystem::rename(next, file, problem);
    if (!out || problem) return base::Error{base::Fault::io, "the demonstration's clock could not be moved"};
    return base::ok();
}

}  // namespace

base::Status StoryClock::write() const {
    KAZASHI_CHECK(put(region_, passed_, passed_));
    return put(terminal_, passed_ + turned_, passed_);
}

std::string last_day_of_window(base::UtcTime tapped, int days) {
    using namespace std::chrono;
    const year_month_day last{floor<std::chrono::days>(tapped + 9h) + std::chrono::days{days}};
    return fmt::format("{}月{}日", unsigned{last.month()}, unsigned{last.day()});
}

}  // namespace kazashi::story
