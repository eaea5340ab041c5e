#include "tests/e2e/story/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

namespace kazashi::story {

namespace {

double rounded(double ms) { return std::round(ms * 10) / 10; }

bool held(const std::pair<std::string, bool>& check) { return check.second; }

nlohmann::ordered_json step_json(const StepReport& step) {
    nlohmann::ordered_json checks = nlohmann::ordered_json::object();
    for (const auto& [what, was] : step.checks) checks[what] = was;
    return {{"name", step.name},
            {"ok", step.ok()},
            {"ms", rounded(step.ms)},
            {"screenshot", step.screenshot},
            {"checks", checks}};
}

}  // namespace

bool StepReport::check(const std::string& what, bool was) {
    // A check that is made several times in a step holds when it held each time.
    const auto known = std::find_if(checks.begin(), checks.end(), [&](const auto& c) { return c.first == what; });
    if (known == checks.end()) {
        checks.emplace_back(what, was);
    } else {
        known->second = known->second && was;
    }
    return was;
}

bool StepReport::ok() const { return !checks.empty() && std::all_of(checks.begin(), checks.end(), held); }

double TapTimes::percentile(double share) const {
    if (ms.empty()) return 0;
    std::vector<double> sorted = ms;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

bool Report::ok() const {
    return !steps.empty() && std::all_of(steps.begin(), steps.end(), [](const StepReport& s) { return s.ok(); });
}

std::string Report::json() const {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& step : steps) list.push_back(step_json(step));
    const nlohmann::ordered_json report{
        {"patients", patients},
        {"steps", list},
        {"tap_to_summary_ms",
         {{"n", taps.ms.size()}, {"p50", rounded(taps.percentile(0.50))}, {"p99", rounded(taps.percentile(0.99))}}}};
    return report.dump(2) + "\n";
}

std::string Report::table() const {
    std::string text = fmt::format("\n  {:<16} {:>6}  {:>9}  {}\n", "step", "checks", "time", "result");
    for (const auto& step : steps) {
        const auto good = std::count_if(step.checks.begin(), step.checks.end(), held);
        text +=
            fmt::format("  {:<16} {:>6}  {:>6.1f} s  {}\n", step.name, fmt::format("{}/{}", good, step.checks.size()),
                        step.ms / 1000, step.ok() ? "ok" : "FAILED");
        for (const auto& [what, was] : step.checks) {
            if (!was) text += fmt::format("      did not hold: {}\n", what);
        }
    }
    return text + fmt::format("\n  tap to summary: {} taps, p50 {:.1f} ms, p99 {:.1f} ms\n", taps.ms.size(),
                              taps.percentile(0.50), taps.percentile(0.99));
}

base::Status write_report(const Report& report, const std::filesystem::path& file) {
    std::ofstream out{file};
    out << report.json();
    if (!out.flush()) return base::Error{base::Fault::io, "report.json could not be written"};
    return base::ok();
}

}  // namespace kazashi::story
