// What the story saw: named checks per step, a picture each, and the time of repeated taps. Becomes report.json and the
// printed table.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "cardio/base/result.h"

namespace kazashi::story {

struct StepReport {
    std::string name;
    double ms{};
    std::string screenshot;
    std::vector<std::pair<std::string, bool>> checks;  // in the order they were made

    // Returns what it was given, so that a step can stop where going on makes no sense.
    bool check(const std::string& what, bool held);
    bool ok() const;  // something was checked and all of it held
};

struct TapTimes {
    std::vector<double> ms;
    double percentile(double share) const;  // nearest rank; 0 when nothing was measured
};

struct Report {
    int patients{};
    std::vector<StepReport> steps;
    TapTimes taps;

    bool ok() const;
    std::string json() const;
    std::string table() const;
};

base::Status write_report(const Report& report, const std::filesystem::path& file);

}  // namespace kazashi::story
