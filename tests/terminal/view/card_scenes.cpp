// Cards themselves: made at the region's office, and reported lost.
#include "terminal/state/notices.h"
#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using state::Screen;
using state::State;

namespace {

using Issue = state::IssueVisit;
using Lost = state::LostVisit;

State office(Screen screen) {
    State state = signed_in();
    state.facility.type = model::FacilityType::city_hall;
    state.facility.name = "臼杵市役所 保険健康課";
    state.policy = model::default_policy();
    state.screen = screen;
    return state;
}

State issuing(Issue::Step step, std::string number = "0000000123") {
    State state = office(Screen::issuing);
    state.issue.emplace();
    state.issue->step = step;
    state.issue->number = std::move(number);
    return state;
}

State working(Issue::Step step) {
    State state = issuing(step);
    state.issue->done = 3;
    return state;
}

State over(wire::CardOutcome outcome, const char* note) {
    State state = issuing(Issue::Step::over);
    state.issue->outcome = outcome;
    state.issue->note = note;
    return state;
}

State unfinished(Issue::Step step) {
    State state = step == Issue::Step::over ? over(wire::CardOutcome::refused, "card_unfinished") : working(step);
    state.issue->whose = {card::CardKind::patient, "0000000456"};
    return state;
}
State finished() {
    State state = unfinished(Issue::Step::over);
    state.issue->purpose = wire::CardPurpose::finish;
    state.issue->outcome = wire::CardOutcome::done;
    state.issue->note = "card_issued";
    return state;
}
State in_trouble(Issue::Step step, state::Notice what) {
    State state = working(step);
    state.issue->trouble = std::move(what);
    return state;
}

State lost(Lost::Step step, std::string number = {}) {
    State state = signed_in();
    state.screen = Screen::lost_card;
    state.windows = {window(1, "臼杵 花子", "ウスキ ハナコ", 58),
                     window(2, "勅使河原 壽美惠エリザベス・マクドナルド", "テシガワラ スミエエリザベスマクドナルド", 3),
                     window(3, "大友 宗麟", "オオトモ ソウリン", 12), refused_window()};
    state.windows[0].born = {"1942-03-02", std::chrono::year{1942} / 3 / 2};
    state.windows[1].born = {"1958-12-28", std::chrono::year{1958} / 12 / 28};
    state.lost.emplace();
    state.lost->step = step;
    state.lost->number = std::move(number);
    return state;
}

State lost_by_name(std::size_t which) {
    State state = lost(Lost::Step::confirming);
    state.lost->window = state.windows[which];
    return state;
}

// A large town: the list alone would be scrolled for long.
State lost_in_a_town(std::string kana, std::string row = {}) {
    State state = lost(Lost::Step::choosing);
    const std::array names{std::array{"臼杵 花子", "ウスキ ハナコ"},     std::array{"臼杵 宇佐美", "ウスキ ウサミ"},
                           std::array{"大友 宗麟", "オオトモ ソウリン"}, std::array{"佐伯 うめ", "サイキ ウメ"},
                           std::array{"津久見 昇", "ツクミ ノボル"},     std::array{"野津 渚", "ノツ ナギサ"}};
    for (std::uint8_t i = 0; i < 240; ++i) {
        const auto& name = names[i % names.size()];
        state.windows.push_back(window(static_cast<std::uint8_t>(i + 10), name[0], name[1], i % 60));
    }
    state.lost->by = Lost::By::name;
    state.lost->kana = std::move(kana);
    state.lost->kana_row = std::move(row);
    return state;
}

State lost_nobody() {
    State state = lost(Lost::Step::choosing, "00000");
    state.windows.clear();
    return state;
}

}  // namespace

std::vector<Scene> card_scenes() {
    using Outcome = wire::CardOutcome;
    return {
        {"staff-menu-office", [] { return office(Screen::staff_menu); }},
        {"issuing", [] { return issuing(Issue::Step::typing, "00001"); }},
        {"issuing-typed", [] { return issuing(Issue::Step::typing); }},
        {"issuing-lay", [] { return issuing(Issue::Step::lay_card); }},
        {"issuing-working", [] { return working(Issue::Step::working); }},
        {"issuing-put-back", [] { return working(Issue::Step::put_back); }},
        {"issuing-no-line", [] { return working(Issue::Step::no_line); }},
        {"issuing-done", [] { return over(Outcome::done, "card_issued"); }},
        {"issuing-done-lite", [] { return over(Outcome::done, "card_issued_lite"); }},
        {"issuing-unreadable", [] { return over(Outcome::refused, "card_unreadable"); }},
        {"issuing-has-card", [] { return over(Outcome::refused, "has_card"); }},
        {"issuing-number-wrong", [] { return over(Outcome::refused, "number_wrong"); }},
        {"issuing-unfinished", [] { return unfinished(Issue::Step::over); }},
        {"issuing-unfinished-whose", [] { return over(Outcome::refused, "card_unfinished"); }},
        {"issuing-finished", finished},
        {"issuing-two-cards",
         [] {
             return in_trouble(Issue::Step::lay_card, state::notice("several_cards", state::Notice::Tone::caution));
         }},
        {"issuing-no-proof",
         [] { return in_trouble(Issue::Step::put_back, state::notice_of_card_fault(base::Fault::unsupported)); }},
        {"issuing-scrap", [] { return over(Outcome::scrap, "card_scrap"); }},
        {"issuing-other", [] { return over(Outcome::refused, "card_stuck"); }},
        {"lost-card", [] { return lost(Lost::Step::choosing, "0000"); }},
        {"lost-card-nobody", lost_nobody},
        {"lost-card-by-name", [] { return lost_in_a_town(""); }},
        {"lost-card-kana", [] { return lost_in_a_town("うす", "か"); }},
        {"lost-card-none-found", [] { return lost_in_a_town("ぬ"); }},
        {"lost-card-confirm", [] { return lost_by_name(0); }},
        {"lost-card-confirm-nasty", [] { return lost_by_name(1); }},
        {"lost-card-number", [] { return lost(Lost::Step::confirming, "0000000123"); }},
    };
}

}  // namespace kazashi::test
