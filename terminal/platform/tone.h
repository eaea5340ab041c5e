// The terminal's two sounds, computed: no files. Mono, 16 bit, tuning::sound_rate. Fundamentals stay below 2.5 kHz,
// where old ears still hear (JIS S 0013).
#pragma once

#include <cstdint>
#include <vector>

namespace kazashi::platform {

enum class Tone {
    card_read,  // two rising notes: the card may be taken away
    refused,    // one low double note
};

std::vector<std::int16_t> samples_of(Tone tone);

}  // namespace kazashi::platform
