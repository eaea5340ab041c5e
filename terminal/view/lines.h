// From text to lines, as Japanese is set: between any two letters, but no line begins with 、」ー or ends with 「（,
// words and numbers stay whole, and 28日 keeps its 日. A U+200B in a sentence of ours says: break here rather than
// elsewhere.
#pragma once

#include <string_view>
#include <vector>

#include "terminal/view/type.h"

namespace kazashi::view {

std::vector<Letter> letters_of(std::string_view utf8);

struct Line {
    std::size_t begin{}, end{};  // letters
    float width{};               // pixels
};
// Lines of at most `width` pixels; a line is wider only when one single letter is.
std::vector<Line> break_lines(Type& type, Face face, const std::vector<Letter>& letters, float width);

}  // namespace kazashi::view
