// Keys to type with, all alike on every screen: the telephone's digits and the kana, a thumb wide (screens.md).
#pragma once

#include "terminal/view/controls.h"

namespace kazashi::view {

inline constexpr float key_size = 106;  // 20 mm: more brings nothing, less costs errors (Colle and Hiszem 2004)
inline constexpr float key_gap = 8;
constexpr float keys(int count) {
    return static_cast<float>(count) * key_size + static_cast<float>(count - 1) * key_gap;
}

// 1 to 9 and 0 in three columns; each asks for PressDigit as `prefix` and the digit ("key.5"). The 5 has its dot.
void digit_keys(const Page& page, std::string_view prefix, Box pad, bool enabled = true);

// The 26 letters as on a typewriter, in three rows of keys as high as the others; each asks for TypeLetter as "letter.q".
// The ends of the third row are left to whoever calls.
inline constexpr float letter_width = 64;
inline constexpr float letters_width = 10 * letter_width + 9 * key_gap;
struct RowEnds {
    Box left, right;
};
RowEnds letter_keys(const Page& page, Box pad, bool capitals, bool enabled);

// All 46 kana at once, as small as the box makes them (never under 64): "kana.う" asks for TypeKana.
void kana_keys(const Page& page, Box pad);

// The same in two steps with whole keys: the ten rows ("row.か"), and the five of the one that is open.
void kana_rows(const Page& page, Box pad, const std::string& open_row);

}  // namespace kazashi::view
