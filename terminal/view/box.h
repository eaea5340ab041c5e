// A rectangle of the logical canvas, and how it is divided. One logical pixel is `scale` pixels of the screen.
#pragma once

#include <algorithm>

namespace kazashi::view {

inline constexpr float unit = 8;     // the grid
inline constexpr float margin = 32;  // to the edge of the screen
inline constexpr float gutter = 24;  // between columns
inline constexpr float top_bar = 56;
inline constexpr float bottom_bar = 96;
inline constexpr float target = 64;  // the least height of anything that is touched

struct Box {
    float x{}, y{}, width{}, height{};

    float right() const { return x + width; }
    float bottom() const { return y + height; }
    float middle_x() const { return x + width / 2; }
    float middle_y() const { return y + height / 2; }

    Box inset(float by) const { return inset(by, by); }
    Box inset(float dx, float dy) const { return {x + dx, y + dy, width - 2 * dx, height - 2 * dy}; }
    Box centred(float w, float h) const { return {middle_x() - w / 2, middle_y() - h / 2, w, h}; }

    Box take_left(float w, float gap = 0) {
        const Box part{x, y, w, height};
        x += w + gap;
        width -= w + gap;
        return part;
    }
    Box take_right(float w, float gap = 0) {
        width -= w + gap;
        return {right() + gap, y, w, height};
    }
    Box take_top(float h, float gap = 0) {
        const Box part{x, y, width, h};
        y += h + gap;
        height -= h + gap;
        return part;
    }
    Box take_bottom(float h, float gap = 0) {
        height -= h + gap;
        return {x, bottom() + gap, width, h};
    }
};

}  // namespace kazashi::view
