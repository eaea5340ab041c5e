// The patient's own screens: who looked, taking it back, what they are told, and the kiosk.
#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using model::Section;
using state::Screen;
using state::State;

namespace {

State told() {
    State state = consent(signed_in());
    state.screen = Screen::told;
    state.tap->step = state::Tap::Step::told;
    state.emergency_views = {{grant(40), "臼杵市消防本部 野津分署", "unconscious", at(2026, 11, 18, 3, 12)}};
    return state;
}

State told_nasty() {
    State state = told();
    for (std::uint8_t i = 41; i < 49; ++i)
        state.emergency_views.push_back({grant(i), very_long, "other_urgent", at(2026, 11, 17, 3, i)});
    return state;
}

desk::Look look(base::UtcTime when, const char* facility, desk::Look::Kind kind, model::SectionSet sections) {
    desk::Look made;
    made.at = when;
    made.facility = facility;
    made.kind = kind;
    made.sections = sections;
    return made;
}

State history() {
    using Kind = desk::Look::Kind;
    const auto counter = model::SectionSet{}.with(Section::emergency).with(Section::medication).with(Section::clinical);
    const auto first_aid = model::SectionSet{}.with(Section::emergency).with(Section::medication);
    State state = consent(signed_in());
    state.screen = Screen::history;
    state.tap->history_asked = true;
    state.history = {look(at(2026, 11, 20, 13, 58), "臼杵たちばな薬局", Kind::view, counter),
                     look(at(2026, 11, 20, 9, 41), "野津あけぼの内科", Kind::view, counter.with(Section::care)),
                     look(at(2026, 11, 18, 3, 12), "臼杵市消防本部 野津分署", Kind::emergency, first_aid),
                     look(at(2026, 11, 2, 10, 5), "臼杵市役所", Kind::self, counter),
                     look(at(2026, 10, 30, 16, 20), "臼杵たちばな薬局", Kind::view, counter),
                     look(at(2026, 10, 30, 16, 20), "臼杵たちばな薬局", Kind::grant, counter),
                     look(at(2026, 10, 1, 11, 0), "野津ひまわり薬局", Kind::withdrawal, {}),
                     look(at(2026, 9, 30, 11, 0), "", Kind::withdrawal, {})};
    state.history[0].sent = false;
    state.history[2].reason = "unconscious";
    return state;
}

State history_nasty() {
    State state = history();
    for (auto& one : state.history) one.facility = one.facility.empty() ? "" : very_long;
    state.history[2].sent = false;
    state.history[2].sections = state.history[1].sections;
    return state;
}

State history_empty() {
    State state = history();
    state.history.clear();
    state.tap->history_asked = false;
    return state;
}

State withdraw(bool here, std::optional<bool> everybody) {
    State state = history();
    state.screen = Screen::withdraw;
    state.withdrawing.emplace();
    state.withdrawing->from = Screen::history;
    state.withdrawing->here = here;
    state.withdrawing->everybody = everybody;
    return state;
}

State withdraw_nasty() {
    State state = withdraw(true, std::nullopt);
    state.facility.name = very_long;
    return state;
}

State withdraw_sure_nasty() {
    State state = withdraw(true, false);
    state.facility.name = very_long;
    return state;
}

State nothing_here() {
    State state = consent(signed_in());
    state.screen = Screen::notice;
    state.tap->step = state::Tap::Step::nothing_here;
    state.tap->record = false;
    state.notice = state::Notice{"notice.no_record", "notice.no_record.now", state::Notice::Tone::caution};
    return state;
}
State kiosk_notice(const char* name, state::Notice::Tone tone) {
    State state = kiosk(idle());
    state.screen = Screen::notice;
    const std::string key = std::string{"notice."} + name;
    state.notice = state::Notice{key, key + ".now", tone};
    return state;
}
State kiosk_summary() {
    State state = kiosk(with_summary(signed_in(), plain_summary()));
    state.summary_self = true;
    state.tap->start->self = true;
    return state;
}

}  // namespace

std::vector<Scene> patient_scenes() {
    return {
        {"idle-kiosk", [] { return kiosk(idle()); }},
        {"notice-kiosk-my-number", [] { return kiosk_notice("my_number_kiosk", state::Notice::Tone::plain); }},
        {"notice-kiosk-transit", [] { return kiosk_notice("transit_card", state::Notice::Tone::caution); }},
        {"notice-kiosk-several", [] { return kiosk_notice("several_cards", state::Notice::Tone::caution); }},
        {"notice-kiosk-forged", [] { return kiosk_notice("forged_card", state::Notice::Tone::refused); }},
        {"told", told},
        {"told-nasty", told_nasty},
        {"history", history},
        {"history-nasty", history_nasty},
        {"history-empty", history_empty},
        {"withdraw", [] { return withdraw(true, std::nullopt); }},
        {"withdraw-kiosk", [] { return withdraw(false, std::nullopt); }},
        {"withdraw-nasty", withdraw_nasty},
        {"withdraw-here", [] { return withdraw(true, false); }},
        {"withdraw-everybody", [] { return withdraw(true, true); }},
        {"withdraw-sure-nasty", withdraw_sure_nasty},
        {"summary-kiosk", kiosk_summary},
        {"nothing-here", nothing_here},
    };
}

}  // namespace kazashi::test
