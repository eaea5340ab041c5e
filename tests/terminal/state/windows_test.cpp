#include "terminal/state/search.h"
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using During = state::DeskFailed::During;

namespace {

Counter at_windows() {
    Counter counter;
    counter.sign_in();
    counter.list({window(1), window(2)});
    counter.does(state::ShowWindows{});
    return counter;
}

}  // namespace

TEST_CASE("windows: the list is asked for when it is shown, and back leads home") {
    auto counter = at_windows();
    CHECK(counter.state.screen == Screen::windows);
    CHECK(counter.asked<state::ListWindows>());
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("windows: touching a row reopens that window without a card") {
    auto counter = at_windows();
    counter.does(state::OpenWindow{grant(2)});
    CHECK(counter.asked<state::ReopenWindow>()->grant == grant(2));
    counter.happens(state::SummaryReopened{grant(2), summary()});
    CHECK(counter.state.screen == Screen::summary);
    CHECK(counter.state.shown_grant == grant(2));
    CHECK(!counter.state.summary_with_card);
}

TEST_CASE("windows: a second touch while one is opening asks nothing more") {
    auto counter = at_windows();
    counter.does(state::OpenWindow{grant(2)});
    counter.does(state::OpenWindow{grant(1)});
    CHECK(counter.nothing());
}

TEST_CASE("windows: closing leads back to where it was opened") {
    auto counter = at_windows();
    counter.does(state::TypeKana{"う"});
    counter.reopen(1);
    counter.does(state::CloseSummary{});
    CHECK(counter.state.screen == Screen::windows);
    CHECK(counter.state.kana_search == "う");
    CHECK(!counter.state.summary);
    counter.does(state::GoBack{});
    CHECK(counter.state.kana_search.empty());
    counter.reopen(1);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("windows: a window that is not in the list cannot be opened, nor while nobody is signed in") {
    auto counter = at_windows();
    counter.does(state::OpenWindow{grant(9)});
    CHECK(counter.nothing());
    Counter nobody;
    nobody.state.windows.push_back(window(1));
    nobody.does(state::OpenWindow{grant(1)});
    CHECK(nobody.nothing());
}

TEST_CASE("windows: one that was refused says so instead of opening") {
    auto counter = at_windows();
    counter.list({window(1, true)});
    counter.does(state::OpenWindow{grant(1)});
    CHECK(counter.told("grant_refused"));
    CHECK(!counter.asked<state::ReopenWindow>());
}

TEST_CASE("windows: a summary that was not asked for any more is not kept") {
    auto counter = at_windows();
    counter.does(state::OpenWindow{grant(1)});
    SECTION("a patient's card came first") {
        counter.lay_patient(5);
        counter.happens(state::SummaryReopened{grant(1), summary()});
        CHECK(counter.state.tap->session == 5);
        CHECK(counter.state.screen == Screen::home);
    }
    SECTION("somebody signed out") {
        counter.does(state::SignOut{});
        counter.happens(state::SummaryReopened{grant(1), summary()});
        CHECK(counter.state.screen == Screen::idle);
    }
    SECTION("another grant") {
        counter.happens(state::SummaryReopened{grant(2), summary()});
        CHECK(counter.state.screen == Screen::windows);
    }
    CHECK(!counter.state.summary);
}

TEST_CASE("windows: what the desk cannot reopen has ended, or failed") {
    auto counter = at_windows();
    counter.does(state::OpenWindow{grant(1)});
    SECTION("ended") {
        counter.happens(state::DeskFailed{0, During::reopen, {base::Fault::denied, ""}});
        CHECK(counter.told("window_ended"));
    }
    SECTION("damaged") {
        counter.happens(state::DeskFailed{0, During::reopen, {base::Fault::malformed, ""}});
        CHECK(counter.told("record_damaged"));
    }
    CHECK(counter.asked<state::ListWindows>());
    CHECK(!counter.state.reopening);
}

TEST_CASE("windows: news for the window on the screen reopens it in place") {
    auto counter = at_windows();
    counter.reopen(1);
    counter.does(state::ToggleStoppedMedicines{});
    engine::SyncStatus status;
    status.windows_touched = true;
    counter.happens(state::SyncTold{status});
    CHECK(counter.asked<state::TendDesk>());
    CHECK(counter.asked<state::ListWindows>());
    CHECK(counter.asked<state::ReopenWindow>()->grant == grant(1));
    auto newer = summary();
    const auto* there = newer.get();
    counter.happens(state::SummaryReopened{grant(1), std::move(newer)});
    CHECK(counter.state.summary.get() == there);
    CHECK(counter.state.stopped_medicines_shown);
    counter.does(state::CloseSummary{});
    CHECK(counter.state.screen == Screen::windows);
}

TEST_CASE("windows: news for a window closed in the meantime does not bring it back") {
    auto counter = at_windows();
    counter.reopen(1);
    engine::SyncStatus status;
    status.windows_touched = true;
    counter.happens(state::SyncTold{status});
    counter.does(state::CloseSummary{});
    counter.happens(state::SummaryReopened{grant(1), summary()});
    CHECK(counter.state.screen == Screen::windows);
    CHECK(!counter.state.summary);
}

TEST_CASE("windows: the first whole sync is a reason to tend the desk but not to look again") {
    auto counter = at_windows();
    counter.reopen(1);
    counter.happens(state::SyncTold{{}});
    engine::SyncStatus status;
    status.caught_up = true;
    counter.happens(state::SyncTold{status});
    CHECK(counter.asked<state::TendDesk>());
    CHECK(!counter.state.reopening);
    counter.happens(state::SyncTold{status});
    CHECK(counter.nothing());
}

TEST_CASE("windows: a sync without news for windows asks nothing") {
    auto counter = at_windows();
    counter.happens(state::SyncTold{{}});
    CHECK(counter.nothing());
}

TEST_CASE("windows: the summary on the screen goes when its window has gone or was refused") {
    auto counter = at_windows();
    counter.reopen(1);
    SECTION("gone") {
        counter.list({window(2)});
        CHECK(counter.told("window_ended"));
    }
    SECTION("refused") {
        counter.list({window(1, true), window(2)});
        CHECK(counter.told("grant_refused"));
    }
    CHECK(!counter.state.summary);
}

TEST_CASE("windows: a list that arrives after sign-out is not kept") {
    auto counter = at_windows();
    counter.does(state::SignOut{});
    counter.list({window(1)});
    CHECK(counter.state.windows.empty());
}

TEST_CASE("search: kana is typed and erased by whole letters, up to a limit") {
    auto counter = at_windows();
    counter.does(state::TypeKana{"う"});
    counter.does(state::TypeKana{"す"});
    counter.does(state::EraseKana{});
    CHECK(counter.state.kana_search == "う");
    counter.does(state::EraseKana{});
    counter.does(state::EraseKana{});
    CHECK(counter.state.kana_search.empty());
    for (int i = 0; i < 100; ++i) counter.does(state::TypeKana{"あ"});
    CHECK(counter.state.kana_search.size() == 60);
}

TEST_CASE("search: the plain kana of the pad finds voiced, small and katakana forms") {
    CHECK(state::kana_matches("ガクチ ハジメ", "かくち"));
    CHECK(state::kana_matches("きょうこ", "きよう"));
    CHECK(state::kana_matches("パク", "は"));
    CHECK(!state::kana_matches("ウスキ", "すき"));
}

TEST_CASE("search: family and given name can both come first, blanks do not count") {
    CHECK(state::kana_matches("ウスキ ハナコ", "はな"));
    CHECK(state::kana_matches("ウスキ　ハナコ", "うすきはな"));
    CHECK(state::kana_matches("ウスキ ハナコ", ""));
    CHECK(!state::kana_matches("ウスキ ハナコ", "なこ"));
}

TEST_CASE("search: broken text matches nothing and breaks nothing") {
    CHECK(!state::kana_matches("\xe3\x81", "あ"));
    CHECK(state::plain_kana("\xff").size() == 1);
}

TEST_CASE("search: today is the local day") {
    Counter counter;
    counter.sign_in();
    using namespace std::chrono;
    counter.state.now = sys_days{2026y / 11 / 20} + 1h;  // 10:00 in Japan
    auto late_yesterday = window(1), this_morning = window(2);
    late_yesterday.granted_at = sys_days{2026y / 11 / 19} + 14h;  // 23:00
    this_morning.granted_at = sys_days{2026y / 11 / 19} + 15h;    // 0:00
    counter.list({late_yesterday, this_morning});
    const auto today = state::todays_windows(counter.state);
    REQUIRE(today.size() == 1);
    CHECK(today.front()->grant == grant(2));
    CHECK(state::found_windows(counter.state).size() == 2);
}
