#include "terminal/view/lines.h"

#include "tests/catch.h"

using namespace kazashi;
using view::Face;
using view::Letter;

namespace {

// Every letter is ten wide; western ones five.
class Ruler final : public view::Type {
public:
    float size(Face) const override { return 10; }
    float ascent(Face) const override { return 8; }
    float advance(Face, Letter letter) override { return letter.code < 0x2E80 ? 5 : 10; }
    view::Glyph glyph(Face face, Letter letter) override { return {.advance = advance(face, letter)}; }
};

// Lines of `width`, as the numbers of letters in each.
std::vector<std::size_t> lengths(std::string_view text, float width) {
    Ruler ruler;
    std::vector<std::size_t> all;
    const auto letters = view::letters_of(text);
    for (const auto& line : view::break_lines(ruler, Face::body, letters, width)) {
        CHECK((line.width <= width || line.end - line.begin == 1));
        all.push_back(line.end - line.begin);
    }
    return all;
}
using Lengths = std::vector<std::size_t>;

}  // namespace

TEST_CASE("lines: Japanese breaks between any two letters") {
    CHECK(lengths("臼杵市立病院", 30) == Lengths{3, 3});
    CHECK(lengths("臼杵", 30) == Lengths{2});
    CHECK(lengths("", 30).empty());
}

TEST_CASE("lines: no line begins with a full stop, a small kana or a closing bracket") {
    CHECK(lengths("かざす。はい", 30) == Lengths{2, 3, 1});
    CHECK(lengths("きしゃはし", 20) == Lengths{1, 2, 2});
    CHECK(lengths("錠剤「あ」い", 40) == Lengths{2, 4});
}

TEST_CASE("lines: words and numbers stay whole, and a number keeps its counter") {
    CHECK(lengths("take the card away", 50) == Lengths{8, 9});
    CHECK(lengths("期間は120日です", 50) == Lengths{3, 4 + 2});
    CHECK(lengths("一二三28日", 45) == Lengths{3, 3});
}

TEST_CASE("lines: a word longer than the line is broken rather than lost") {
    CHECK(lengths("abcdefghij", 25) == Lengths{5, 5});
}

TEST_CASE("lines: one letter wider than the line still stands on a line") {
    CHECK(lengths("臼杵", 5) == Lengths{1, 1});
}

TEST_CASE("lines: a chosen break is taken before any other") {
    CHECK(lengths("カードを\u200Bかざしてください", 80) == Lengths{4, 8});
    CHECK(lengths("カードを\u200Bかざしてください", 200) == Lengths{13});
}

TEST_CASE("lines: a new line is one") { CHECK(lengths("あ\nい", 100) == Lengths{1, 1}); }

TEST_CASE("letters: a variation selector belongs to the letter before it") {
    const auto letters = view::letters_of("葛\U000E0100城");
    REQUIRE(letters.size() == 2);
    CHECK(letters[0] == Letter{U'葛', 0xE0100});
    CHECK(letters[1] == Letter{U'城', 0});
    CHECK(view::letters_of("𠮷").front().code == 0x20BB7);
}

TEST_CASE("letters: what is no UTF-8 breaks nothing") {
    CHECK(view::letters_of("\xe3\x81").empty());
    CHECK(view::letters_of("\x01\x7f").size() == 1);
    CHECK(view::letters_of("\xf0\x9f").empty());
}
