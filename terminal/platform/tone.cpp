#include "terminal/platform/tone.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "terminal/platform/tuning.h"

namespace kazashi::platform {

namespace {

struct Note {
    double hertz;  // 0: a rest
    double seconds;
};

constexpr double loudness = 0.25 * 32'767;
constexpr double fade_seconds = 0.008;  // without it a note begins and ends with a click

void add(std::vector<std::int16_t>& samples, Note note) {
    const auto count = static_cast<int>(note.seconds * tuning::sound_rate);
    for (int i = 0; i < count; ++i) {
        const double at = static_cast<double>(i) / tuning::sound_rate;
        const double edge = std::min({1.0, at / fade_seconds, (note.seconds - at) / fade_seconds});
        const double wave = std::sin(2.0 * std::numbers::pi * note.hertz * at);
        samples.push_back(static_cast<std::int16_t>(std::lround(loudness * edge * wave)));
    }
}

}  // namespace

std::vector<std::int16_t> samples_of(Tone tone) {
    std::vector<std::int16_t> samples;
    if (tone == Tone::card_read) {
        add(samples, {880.0, 0.09});   // A5
        add(samples, {1318.5, 0.16});  // E6
    } else {
        add(samples, {220.0, 0.12});  // A3
        add(samples, {0.0, 0.06});
        add(samples, {220.0, 0.18});
    }
    return samples;
}

}  // namespace kazashi::platform
