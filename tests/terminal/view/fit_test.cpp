#include <imgui.h>

#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using test::Glass;

TEST_CASE("fit: nothing is clipped on any screen, in both sizes and languages, with the worst data") {
    for (const auto& [name, make] : test::scenes())
        for (const auto size : {test::Size{1280, 800}, test::Size{1920, 1080}, test::Size{1024, 768}})
            for (const auto language : {state::Language::japanese, state::Language::english}) {
                Glass glass{size};
                auto state = make();
                state.language = language;
                glass.draw(state);
                INFO(name << " " << size.width << " " << static_cast<int>(language));
                CHECK(!glass.drawn().clipped);
                CHECK(!glass.drawn().texts.empty());
                CHECK(glass.fonts().counts().missing == 0);
            }
}

TEST_CASE("fit: what does not fit is noticed") {
    Glass glass;
    auto state = test::scene("home");
    for (int i = 0; i < 5; ++i) state.facility.name += state.facility.name;
    glass.draw(state);
    CHECK(glass.drawn().clipped);
}

TEST_CASE("fit: a name is never cut") {
    Glass glass;
    const auto state = test::scene("summary-nasty");
    glass.draw(state);
    CHECK(glass.reads(state.summary->person.kanji));
    CHECK(glass.reads(state.summary->person.kana));
    CHECK(glass.reads(state.facility.name));
    for (const auto& medicine : state.summary->medicines) CHECK((!medicine.current || glass.reads(medicine.name)));
}

TEST_CASE("fit: every notice fits and names nobody") {
    for (const auto& [key, sentence] : test::strings().table(state::Language::japanese)) {
        if (!key.starts_with("notice.") || !test::strings().has(key + ".now")) continue;
        for (const auto language : {state::Language::japanese, state::Language::english}) {
            Glass glass;
            auto state = test::scene("notice-torn");
            state.language = language;
            state.notice = state::Notice{key, key + ".now", state::Notice::Tone::refused};
            glass.draw(state);
            INFO(key);
            CHECK(!glass.drawn().clipped);
            for (const auto& window : state.windows) CHECK(!glass.reads(window.kanji));
            auto kiosk = test::scene("notice-kiosk-transit");
            kiosk.language = language;
            kiosk.notice = state.notice;
            glass.draw(kiosk);
            CHECK(!glass.drawn().clipped);
        }
    }
}

TEST_CASE("fit: every fault, problem and reason fits") {
    for (const auto& [key, sentence] : test::strings().table(state::Language::japanese)) {
        for (const auto language : {state::Language::japanese, state::Language::english}) {
            auto state = test::scene("home-offline");
            state.language = language;
            if (key.starts_with("fault.") && test::strings().has(key + ".means")) {
                state = test::scene("fault");
                state.language = language;
                state.faults = {key};
            } else if (key.starts_with("problem.")) {
                state.sync.line = engine::SyncStatus::Line::server_fault;
                state.sync.problem = key.substr(8);
            } else if (key.starts_with("reason.")) {
                state.windows.back().reason = key.substr(7);
            } else {
                continue;
            }
            Glass glass;
            glass.draw(state);
            INFO(key);
            CHECK(!glass.drawn().clipped);
            const auto shown = test::strings().get(language, key);
            CHECK(glass.reads(shown.substr(0, shown.find("\u200B"))));
        }
    }
}

TEST_CASE("scroll: the wheel and the sign for more reach the end of the summary") {
    Glass glass;
    const auto state = test::scene("summary");
    glass.draw(state);
    CHECK(glass.item("summary.stopped"));
    glass.scroll_down(state, 800, 400, 100);
    CHECK(!glass.item("summary.stopped"));  // it has moved out of view, and what is not seen cannot be touched
    CHECK(glass.reads("2件あります"));
}

TEST_CASE("scroll: another summary begins at its top") {
    Glass glass;
    auto state = test::scene("summary");
    glass.scroll_down(state, 800, 400, 100);
    glass.draw(test::scene("home"));
    glass.draw(state);
    CHECK(glass.item("summary.stopped"));
}
