// Colours by meaning (screens.md); each is used together with a word and, where there is room, an icon.
#pragma once

#include <cstdint>

#include "terminal/state/state.h"

namespace kazashi::view {

struct Colour {
    std::uint8_t red{}, green{}, blue{};
    bool operator==(const Colour&) const = default;
};
constexpr Colour rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U),
            static_cast<std::uint8_t>(hex)};
}
constexpr Colour mixed(Colour a, Colour b, int percent_of_b) {
    const auto part = [&](int from, int to) {
        return static_cast<std::uint8_t>(from + (to - from) * percent_of_b / 100);
    };
    return {part(a.red, b.red), part(a.green, b.green), part(a.blue, b.blue)};
}

struct Pair {
    Colour ink, ground;
};

struct Theme {
    Pair page;     // ink on the ground of the whole screen
    Pair panel;    // ink on a card
    Colour quiet;  // text that may stand back, on page and panel
    Colour soft;   // clinical text that may stand back: still 7 to 1
    Colour line;
    Pair primary;    // the action, what is selected
    Pair refused;    // allergy, stop, refused: tinted box
    Pair caution;    // old data
    Pair offline;    // offline, waiting to send
    Pair received;   // sent, with receipt
    Pair key_stop;   // やめる
    Pair key_again;  // やりなおし
    Pair key_enter;  // 決定
};

const Theme& theme_of(state::Theme theme);

// WCAG 2 contrast of two colours, 1 to 21.
double contrast(Colour a, Colour b);

}  // namespace kazashi::view
