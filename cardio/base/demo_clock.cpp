#include "cardio/base/demo_clock.h"

#include <fstream>

namespace kazashi::base {

namespace {

struct Offsets {
    std::chrono::seconds wall{};
    std::chrono::seconds boot{};
};

// A file that is not there, or is just being written, moves nothing.
Offsets read_offsets(const std::filesystem::path& file) {
    std::ifstream in{file};
    std::int64_t wall = 0;
    std::int64_t boot = 0;
    if (!(in >> wall >> boot)) return {};
    return {std::chrono::seconds{wall}, std::chrono::seconds{boot}};
}

}  // namespace

UtcTime DemoClock::wall() const { return system_.wall() + read_offsets(file_).wall; }
SteadyTime DemoClock::boot() const { return system_.boot() + read_offsets(file_).boot; }

}  // namespace kazashi::base
