// Not a check: writes every scene as a picture, to be looked at. test_terminal_view "[pictures]" with
// KAZASHI_PICTURES=dir.
#include <cstdlib>

#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;

TEST_CASE("pictures of every scene", "[.pictures]") {
    const char* folder = std::getenv("KAZASHI_PICTURES");
    const char* only = std::getenv("KAZASHI_SCENE");
    REQUIRE(folder != nullptr);
    for (const auto& [name, make] : test::scenes()) {
        if (only && !name.starts_with(only)) continue;
        for (const auto& [size_name, size] :
             {std::pair{"1280", test::Size{1280, 800}}, std::pair{"1920", test::Size{1920, 1080}}}) {
            for (const auto& [language_name, language] :
                 {std::pair{"ja", state::Language::japanese}, std::pair{"en", state::Language::english}}) {
                test::Glass glass{size};
                auto state = make();
                state.language = language;
                glass.draw(state);
                glass.draw(state);
                const std::string file = name + "-" + language_name + "-" + size_name + ".png";
                glass.write_png(std::filesystem::path{folder} / file);
                if (name.starts_with("summary") || name.starts_with("emergency")) {
                    glass.scroll_down(state, 800, 400, 12);
                    glass.write_png(std::filesystem::path{folder} / ("scrolled-" + file));
                }
                if (glass.drawn().clipped) std::printf("clipped: %s\n", file.c_str());
            }
        }
    }
}
