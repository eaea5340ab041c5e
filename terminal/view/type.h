// Letters as the view needs them: how wide they are, and where their picture lies in the texture of ImGui's atlas.
// A glyph is made when it is first asked for, so no name can ever show as a box. platform::Fonts is the real one.
// (Not ImFont: ImGui's letters end at U+FFFF, and names have kanji beyond it and variants of them.)
#pragma once

#include <array>

namespace kazashi::view {

enum class Face { caption, body, strong, heading, title, hero };                   // screens.md; strong: body in bold
inline constexpr std::array face_sizes{15.0F, 20.0F, 20.0F, 26.0F, 34.0F, 56.0F};  // at scale 1
inline constexpr std::array face_bold{false, false, true, true, true, true};

// A code point with the variation selector that followed it (0: none): 葛󠄀 and 葛 are two letters.
struct Letter {
    char32_t code{};
    char32_t variant{};
    bool operator==(const Letter&) const = default;
};

// All in pixels of the screen; x, y from the pen on the base line; y grows downwards.
struct Glyph {
    float advance{};
    float x0{}, y0{}, x1{}, y1{};
    float u0{}, v0{}, u1{}, v1{};  // in the atlas; u0 == u1: nothing to draw
};

class Type {
public:
    virtual ~Type() = default;
    virtual float size(Face face) const = 0;
    virtual float ascent(Face face) const = 0;  // from the top of the em box to the base line
    virtual float advance(Face face, Letter letter) = 0;
    virtual Glyph glyph(Face face, Letter letter) = 0;
};

}  // namespace kazashi::view
