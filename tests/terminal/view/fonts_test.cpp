#include "terminal/platform/fonts.h"

#include <imgui.h>

#include <algorithm>
#include <fstream>

#include "tests/catch.h"
#include "tests/terminal/view/glass.h"

using namespace kazashi;
using view::Face;
using view::Letter;

namespace {

struct Letters {
    std::unique_ptr<platform::Fonts> fonts;
    ImFontAtlas atlas;

    explicit Letters(float scale = 1) : fonts{std::move(*platform::Fonts::open(test::assets() / "fonts.toml", scale))} {
        fonts->attach(atlas);
    }
    // The coverage of a glyph, row by row.
    std::vector<std::uint8_t> picture(const view::Glyph& glyph) const {
        const auto page = fonts->atlas();
        const auto cell = [](float part, int whole) {
            return static_cast<int>(part * static_cast<float>(whole) + 0.5F);
        };
        std::vector<std::uint8_t> pixels;
        for (int y = cell(glyph.v0, page.height); y < cell(glyph.v1, page.height); ++y)
            for (int x = cell(glyph.u0, page.width); x < cell(glyph.u1, page.width); ++x)
                pixels.push_back(page.coverage[y * page.width + x]);
        return pixels;
    }
};

bool drawn(const view::Glyph& glyph) { return glyph.u0 != glyph.u1; }

}  // namespace

TEST_CASE("fonts: a letter is made when it is first drawn, and only then") {
    Letters letters;
    CHECK(letters.fonts->counts().glyphs == 0);
    CHECK(letters.fonts->advance(Face::body, {U'臼', 0}) == 20);
    CHECK(letters.fonts->counts().glyphs == 0);
    const auto glyph = letters.fonts->glyph(Face::body, {U'臼', 0});
    CHECK(drawn(glyph));
    CHECK(letters.fonts->counts().glyphs == 1);
    letters.fonts->glyph(Face::body, {U'臼', 0});
    CHECK(letters.fonts->counts().glyphs == 1);
    const auto pixels = letters.picture(glyph);
    CHECK(*std::ranges::max_element(pixels) > 200);
}

TEST_CASE("fonts: what was drawn is handed over once, as whole rows") {
    Letters letters;
    CHECK(!letters.fonts->take_dirty());
    const auto glyph = letters.fonts->glyph(Face::title, {U'杵', 0});
    const auto rows = letters.fonts->take_dirty();
    REQUIRE(rows);
    const auto height = static_cast<float>(letters.fonts->atlas().height);
    CHECK(rows->first <= static_cast<int>(glyph.v0 * height + 0.5F));
    CHECK(rows->first + rows->count >= static_cast<int>(glyph.v1 * height + 0.5F));
    CHECK(!letters.fonts->take_dirty());
}

TEST_CASE("fonts: kanji beyond the first plane and variants of a kanji have their own pictures") {
    Letters letters;
    const auto tsuchiyoshi = letters.fonts->glyph(Face::title, {0x20BB7, 0});
    CHECK(drawn(tsuchiyoshi));
    CHECK(letters.picture(tsuchiyoshi) != letters.picture(letters.fonts->glyph(Face::title, {U'吉', 0})));
    const auto plain = letters.fonts->glyph(Face::title, {U'辻', 0});
    const auto one_dot = letters.fonts->glyph(Face::title, {U'辻', 0xE0100});
    const auto two_dots = letters.fonts->glyph(Face::title, {U'辻', 0xE0101});
    CHECK(letters.picture(one_dot) != letters.picture(two_dots));
    const bool plain_is_one =
        letters.picture(plain) == letters.picture(one_dot) || letters.picture(plain) == letters.picture(two_dots);
    CHECK(plain_is_one);
    CHECK(letters.fonts->counts().missing == 0);
}

TEST_CASE("fonts: every kanji of the names of people in use is there") {
    Letters letters;
    for (const char32_t code : U"髙﨑𠮷𡈽𣘺德濵邊邉齋齊籠饗鷗俠剝䕃叱塡")
        if (code != 0) letters.fonts->glyph(Face::body, {code, 0});
    CHECK(letters.fonts->counts().missing == 0);
}

TEST_CASE("fonts: a letter nobody has is shown as a geta and counted, never as a box") {
    Letters letters;
    const auto unknown = letters.fonts->glyph(Face::body, {0x10FFFE, 0});
    const auto geta = letters.fonts->glyph(Face::body, {U'〓', 0});
    CHECK(drawn(unknown));
    CHECK(letters.picture(unknown) == letters.picture(geta));
    CHECK(letters.fonts->counts().missing == 1);
}

TEST_CASE("fonts: an unknown variant falls back to the plain kanji") {
    Letters letters;
    const auto odd = letters.fonts->glyph(Face::body, {U'山', 0xE01EF});
    CHECK(letters.picture(odd) == letters.picture(letters.fonts->glyph(Face::body, {U'山', 0})));
    CHECK(letters.fonts->counts().missing == 0);
}

TEST_CASE("fonts: a blank takes room and no ink") {
    Letters letters;
    const auto blank = letters.fonts->glyph(Face::body, {U'\u3000', 0});
    CHECK(!drawn(blank));
    CHECK(blank.advance == 20);
}

TEST_CASE("fonts: a full page asks for the frame again and has room then") {
    Letters letters;
    for (char32_t code = 0x4E00; code < 0x4E00 + 600; ++code) letters.fonts->glyph(Face::hero, {code, 0});
    CHECK(!letters.fonts->settle());
    CHECK(letters.fonts->counts().glyphs == 0);
    CHECK(drawn(letters.fonts->glyph(Face::hero, {U'臼', 0})));
    CHECK(letters.fonts->settle());
}

TEST_CASE("fonts: what is forgotten is gone from the page") {
    Letters letters;
    const auto glyph = letters.fonts->glyph(Face::hero, {U'杵', 0});
    letters.fonts->take_dirty();
    letters.fonts->forget();
    const auto pixels = letters.picture(glyph);
    CHECK(*std::ranges::max_element(pixels) == 0);
    CHECK(letters.fonts->take_dirty());
}

TEST_CASE("fonts: a larger scale has larger letters") {
    Letters letters{1.35F};
    CHECK(letters.fonts->size(Face::body) == 27);
    CHECK(letters.fonts->advance(Face::body, {U'臼', 0}) == 27);
    CHECK(letters.fonts->atlas().width == 2048);
}

TEST_CASE("fonts: a list that names nothing installed, or that is no list, is an error") {
    const auto file = std::filesystem::temp_directory_path() / "kazashi-fonts-test.toml";
    std::ofstream{file} << "[[regular]]\nfile = \"/nowhere.ttc\"\nfamily = \"Nobody\"\n";
    CHECK(platform::Fonts::open(file, 1).fault() == base::Fault::not_found);
    std::ofstream{file} << "[[regular";
    CHECK(platform::Fonts::open(file, 1).fault() == base::Fault::malformed);
    std::filesystem::remove(file);
}
