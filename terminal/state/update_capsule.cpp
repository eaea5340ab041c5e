// The emergency facts on the card itself: asked for by one touch while the card lies there, read, opened at the desk
// and shown; gone with the card.
#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

using Step = CapsuleLook::Step;

bool look_at(const State& state, card::SessionNumber session, Step step) {
    return state.capsule_look && state.capsule_look->session == session && state.capsule_look->step == step;
}

// The screen says it, and the way back leads where it was: a summary that is open stays open behind it.
void say(State& state, Notice notice, Effects& effects) {
    state.capsule_look->step = Step::told;
    if (notice.tone != Notice::Tone::plain) effects.push_back(PlaySound{PlaySound::Sound::refused});
    state.capsule_look->problem = std::move(notice);
}

}  // namespace

void capsule_card_seen(State& state, const card::CardSeen& seen) {
    // A Lite has none: whatever were on it, anybody could write or nobody could renew.
    if (!signed_in(state) || seen.identity.chip != card::Chip::lite_s) return;
    state.capsule_look.emplace();
    state.capsule_look->session = seen.session;
    state.capsule_look->identity = seen.identity;
}

void capsule_pads_read(State& state, card::PadsRead event, Effects& effects) {
    if (!look_at(state, event.session, Step::reading)) return;
    state.capsule_look->step = Step::opening;
    effects.push_back(OpenCapsule{event.session, state.capsule_look->identity, std::move(event.pads)});
}

bool capsule_not_read(State& state, card::SessionNumber session, base::Fault fault, Effects& effects) {
    if (!look_at(state, session, Step::reading)) return false;
    say(state, notice_of_card_fault(fault), effects);
    return true;
}

bool capsule_not_opened(State& state, const DeskFailed& event, Effects& effects) {
    if (event.during != DeskFailed::During::capsule) return false;
    if (look_at(state, event.session, Step::opening)) say(state, notice_of(event.during, event.error, true), effects);
    return true;
}

void capsule_card_gone(State& state) {
    forget_capsule_look(state);
    if (state.screen == Screen::capsule && !state.tap) go_home(state);  // with a tap, its own end closes the screen
}

void capsule_back(State& state) {
    if (!state.capsule_look) return go_home(state);
    state.capsule_look->step = Step::offered;
    state.capsule_look->problem.reset();
    if (state.summary) return show(state, Screen::summary);
    state.tap ? show_nothing_here(state) : go_home(state);
}

void take(State& state, ShowCapsule, Effects& effects) {
    if (!may_see_capsule(state)) return;
    state.capsule_look->step = Step::reading;
    show(state, Screen::capsule);
    effects.push_back(ReadPads{state.capsule_look->session});
}

void take(State& state, CapsuleOpened event, Effects& effects) {
    if (!look_at(state, event.session, Step::opening)) return;
    state.capsule_look->step = Step::told;
    state.capsule = std::move(event.capsule);
    state.last_touch = state.at;
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
}

}  // namespace kazashi::state
