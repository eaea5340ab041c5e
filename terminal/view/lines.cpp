#include "terminal/view/lines.h"

#include <algorithm>

namespace kazashi::view {
namespace {

constexpr char32_t break_here = U'\u200B';
constexpr std::u32string_view no_start{
    U"、。，．・：；？！」』）】〉》〕］｝”’…ー〜～々ゝヽぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%％℃°"};
constexpr std::u32string_view no_end{U"「『（【〈《〔［｛“‘([{"};
constexpr std::u32string_view after_number{U"年月日歳時分秒回件人通錠包枚滴単位"};

bool in(std::u32string_view set, char32_t code) { return set.find(code) != std::u32string_view::npos; }
bool blank(char32_t code) { return code == U' ' || code == U'\u3000'; }
bool digit(char32_t code) { return (code >= U'0' && code <= U'9') || (code >= U'０' && code <= U'９'); }
// Letters that make words: everything before the CJK blocks except blanks and marks.
bool western(char32_t code) { return code > U' ' && code < 0x2E80 && code != break_here; }

bool may_break(char32_t before, char32_t after) {
    if (before == break_here) return true;
    if (blank(before)) return !blank(after);
    if (after == break_here || blank(after)) return false;  // the mark or blank stays at the end of the line
    if (in(no_start, after) || in(no_end, before)) return false;
    if (digit(before) && in(after_number, after)) return false;
    return !(western(before) && western(after));
}

bool variation_selector(char32_t code) {
    return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
}

struct Breaker {
    Type& type;
    Face face;
    const std::vector<Letter>& letters;
    float limit;
    bool marked{false};  // breaks were chosen by whoever wrote the sentence
    std::vector<Line> lines{};

    float width_of(std::size_t i) const {
        return letters[i].code == break_here || letters[i].code == U'\n' ? 0 : type.advance(face, letters[i]);
    }
    bool preferred(std::size_t i) const { return !marked || letters[i].code == break_here || blank(letters[i].code); }
    void add(std::size_t begin, std::size_t end) {
        while (end > begin && (blank(letters[end - 1].code) || letters[end - 1].code == break_here)) --end;
        float width = 0;
        for (std::size_t i = begin; i < end; ++i) width += width_of(i);
        lines.push_back({begin, end, width});
    }
    // Where the line that starts at `begin` ends: at a chosen break, else where Japanese allows, else anywhere.
    std::size_t end_of_line(std::size_t begin) const {
        std::size_t chosen = begin, allowed = begin;
        float width = 0;
        for (std::size_t i = begin; i < letters.size(); ++i) {
            if (letters[i].code == U'\n') return i;
            width += blank(letters[i].code) ? 0 : width_of(i);
            if (width > limit && i > begin) return chosen > begin ? chosen : allowed > begin ? allowed : i;
            if (blank(letters[i].code)) width += width_of(i);
            if (i + 1 == letters.size() || !may_break(letters[i].code, letters[i + 1].code)) continue;
            allowed = i + 1;
            if (preferred(i)) chosen = i + 1;
        }
        return letters.size();
    }
    void run() {
        marked = std::ranges::find(letters, break_here, &Letter::code) != letters.end();
        std::size_t begin = 0;
        while (begin < letters.size()) {
            const std::size_t end = end_of_line(begin);
            add(begin, end);
            begin = end < letters.size() && letters[end].code == U'\n' ? end + 1 : end;
        }
    }
};

}  // namespace

std::vector<Letter> letters_of(std::string_view utf8) {
    std::vector<Letter> letters;
    letters.reserve(utf8.size() / 2 + 4);
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (i + length > utf8.size()) break;
        char32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k)
            code = (code << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3fU);
        i += length;
        if (variation_selector(code)) {
            if (!letters.empty()) letters.back().variant = code;
        } else if (code >= U' ' || code == U'\n') {
            letters.push_back({code, 0});
        }
    }
    return letters;
}

std::vector<Line> break_lines(Type& type, Face face, const std::vector<Letter>& letters, float width) {
    Breaker breaker{type, face, letters, width};
    breaker.run();
    return std::move(breaker.lines);
}

}  // namespace kazashi::view
