#include "terminal/view/theme.h"

#include "tests/catch.h"

using namespace kazashi;
using view::contrast;

TEST_CASE("theme: clinical text has 7 to 1, everything else 4.5 to 1") {
    for (const auto which : {state::Theme::counter, state::Theme::ambulance}) {
        const auto& theme = view::theme_of(which);
        for (const auto& pair : {theme.page, theme.panel, theme.refused}) CHECK(contrast(pair.ink, pair.ground) >= 7);
        for (const auto& pair : {theme.primary, theme.caution, theme.offline, theme.received, theme.key_stop,
                                 theme.key_again, theme.key_enter})
            CHECK(contrast(pair.ink, pair.ground) >= 4.5);
        const auto old_card = mixed(theme.panel.ground, theme.caution.ground, 55);
        for (const auto& ground : {theme.page.ground, theme.panel.ground, old_card})
            CHECK(contrast(theme.soft, ground) >= 7);
        CHECK(contrast(theme.quiet, theme.page.ground) >= 4.5);
        CHECK(contrast(theme.quiet, theme.panel.ground) >= 4.5);
        for (const auto& ground : {theme.refused.ground, theme.caution.ground, theme.offline.ground})
            CHECK(contrast(theme.page.ink, ground) >= 7);
    }
}

TEST_CASE("theme: the ambulance has no pure white and no bright ground") {
    const auto& theme = view::theme_of(state::Theme::ambulance);
    CHECK(contrast(theme.page.ground, view::rgb(0x000000)) < 1.5);
    for (const auto& ink : {theme.page.ink, theme.panel.ink, theme.refused.ink}) CHECK(ink != view::rgb(0xFFFFFF));
}

TEST_CASE("theme: contrast is that of WCAG") {
    CHECK(contrast(view::rgb(0x000000), view::rgb(0xFFFFFF)) > 20.99);
    CHECK(contrast(view::rgb(0x777777), view::rgb(0xFFFFFF)) > 4.47);
    CHECK(contrast(view::rgb(0x777777), view::rgb(0xFFFFFF)) < 4.49);
}
