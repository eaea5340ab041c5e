#include "terminal/platform/tone.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "terminal/platform/tuning.h"
#include "tests/catch.h"

using namespace kazashi;
using Samples = std::span<const std::int16_t>;

namespace {

// From how often the wave crosses zero upwards.
double hertz_of(Samples samples) {
    int crossings = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
    return crossings * static_cast<double>(platform::tuning::sound_rate) / static_cast<double>(samples.size());
}

bool is_rest(Samples samples) {
    return std::all_of(samples.begin(), samples.end(), [](auto s) { return s == 0; });
}

}  // namespace

TEST_CASE("tone: a read card is two notes, the second higher, both for old ears") {
    const auto samples = platform::samples_of(platform::Tone::card_read);
    const Samples all{samples};
    const double first = hertz_of(all.first(all.size() / 4));
    const double second = hertz_of(all.last(all.size() / 4));
    CHECK(first > 400);
    CHECK(second > 1.2 * first);
    CHECK(second < 2500);
    CHECK(samples.size() < platform::tuning::sound_rate);
}

TEST_CASE("tone: a refusal is one low note, twice") {
    const auto samples = platform::samples_of(platform::Tone::refused);
    const Samples all{samples};
    CHECK(hertz_of(all.first(all.size() / 4)) < 400);
    CHECK(hertz_of(all.last(all.size() / 4)) < 400);
    const auto rest = static_cast<std::size_t>(0.13 * platform::tuning::sound_rate);
    CHECK(is_rest(all.subspan(rest, 400)));
    CHECK_FALSE(is_rest(all.last(2000)));
}

TEST_CASE("tone: no sample clips and no note begins with a click") {
    for (const auto tone : {platform::Tone::card_read, platform::Tone::refused}) {
        const auto samples = platform::samples_of(tone);
        for (std::size_t i = 1; i < samples.size(); ++i) {
            if (std::abs(samples[i]) > 16'384 || std::abs(samples[i] - samples[i - 1]) > 6'000) CHECK(false);
        }
        CHECK(std::abs(samples.front()) < 300);
        CHECK(std::abs(samples.back()) < 300);
    }
}
