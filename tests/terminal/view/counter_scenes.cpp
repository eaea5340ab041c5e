// The counter's screens: waiting, signing in, home, consent, summary, windows, and what went wrong.
#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using namespace std::chrono_literals;
using model::Section;
using state::Screen;
using state::State;

namespace {

State sign_in_wrong() {
    State state = sign_in(0);
    state.sign_in->tries_left = 3;
    return state;
}

State sign_in_locked() {
    State state = sign_in(0);
    state.sign_in->locked_until = state.now + 43s;
    return state;
}

State home_syncing() {
    State state = signed_in();
    state.windows.clear();
    state.sync.packages = 320;
    state.sync.caught_up = false;
    state.sync.ledger = {1, 1, 0};
    return state;
}

State consent_nasty() {
    State state = consent(home_nasty());
    state.tap->start->sections = state.tap->start->sections.with(Section::care);
    return state;
}

State windows_nasty() {
    State state = home_nasty();
    state.screen = Screen::windows;
    state.kana_search = "ながいなまえ";
    return state;
}

State notice(const char* name, state::Notice::Tone tone) {
    State state = signed_in();
    state.screen = Screen::notice;
    const std::string key = std::string{"notice."} + name;
    state.notice = state::Notice{key, key + ".now", tone};
    return state;
}

State fault(const char* key) {
    State state = signed_in();
    state.screen = Screen::fault;
    state.faults = {key};
    return state;
}

State reader_off() {
    State state = idle();
    state.reader.service = card::ReaderState::Service::no_reader;
    return state;
}

State home_reader_off() {
    State state = signed_in();
    state.reader.service = card::ReaderState::Service::off;
    state.staff->name.clear();
    return state;
}

State summary_missing() {
    State state = with_summary(signed_in(), plain_summary());
    state.summary->sections = model::SectionSet{}.with(Section::emergency).with(Section::medication);
    state.summary_granted = state.summary->sections.with(Section::clinical);
    return state;
}

State summary_presented() {
    State state = with_summary(signed_in(), plain_summary());
    state.tap = state::Tap{};
    state.tap->presented = true;
    state.summary_with_card = true;
    state.summary->medicines.clear();
    state.summary->problems.clear();
    state.summary->labs.clear();
    state.summary->not_understood = 0;
    state.summary_granted = state.summary->sections = model::SectionSet{}.with(Section::emergency);
    return state;
}

State locking_soon() {
    State state = signed_in();
    state.last_touch = state.at - 288s;
    return state;
}

State stopped_shown() {
    State state = with_summary(signed_in(), plain_summary());
    state.stopped_medicines_shown = true;
    return state;
}

State old_and_closing() {
    State state = signed_in();
    state.screen = Screen::summary;
    state.summary = plain_summary();
    state.summary->as_of = at(2026, 6, 1, 9, 0);
    state.summary->allergy_knowledge = model::AllergyKnowledge::unknown;
    state.summary->allergies.clear();
    state.shown_grant = grant(4);
    state.last_touch = state.at - 80s;
    return state;
}

}  // namespace

std::vector<Scene> counter_scenes() {
    using Tone = state::Notice::Tone;
    return {
        {"idle", idle},
        {"idle-no-reader", reader_off},
        {"sign-in", [] { return sign_in(3); }},
        {"sign-in-wrong", sign_in_wrong},
        {"sign-in-locked", sign_in_locked},
        {"home", signed_in},
        {"home-syncing", home_syncing},
        {"home-offline", home_offline},
        {"home-nasty", home_nasty},
        {"home-reader-off", home_reader_off},
        {"consent", [] { return consent(signed_in()); }},
        {"consent-nasty", consent_nasty},
        {"summary", [] { return with_summary(signed_in(), plain_summary()); }},
        {"summary-stopped", stopped_shown},
        {"summary-nasty", [] { return with_summary(home_nasty(), nasty_summary()); }},
        {"summary-empty", [] { return with_summary(signed_in(), empty_summary()); }},
        {"summary-old", old_and_closing},
        {"summary-ambulance", [] { return ambulance(with_summary(signed_in(), plain_summary())); }},
        {"windows", windows_searched},
        {"windows-nasty", windows_nasty},
        {"notice-plain", [] { return notice("declined", Tone::plain); }},
        {"notice-torn", [] { return notice("card_torn", Tone::caution); }},
        {"notice-forged", [] { return notice("forged_card", Tone::refused); }},
        {"notice-forged-ambulance", [] { return ambulance(notice("forged_card", Tone::refused)); }},
        {"fault", [] { return fault("fault.store_moved_aside"); }},
        {"fault-unknown", [] { return fault("fault.never_heard_of"); }},
        {"home-ambulance", [] { return ambulance(signed_in()); }},
        {"home-locking", locking_soon},
        {"summary-missing", summary_missing},
        {"summary-presented", summary_presented},
    };
}

}  // namespace kazashi::test
