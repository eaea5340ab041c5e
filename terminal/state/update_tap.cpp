// One tap of a patient's card, from the reader to the opened summary. An answer that belongs to another card, or to a
// step that is over, changes nothing.
#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

using Step = Tap::Step;

bool at_step(const State& state, card::SessionNumber session, Step step) {
    return state.tap && state.tap->session == session && state.tap->step == step;
}

void draft(State& state, Effects& effects) {
    state.tap->step = Step::drafting;
    effects.push_back(DraftGrant{state.tap->session});
}

void give_up(State& state, Notice notice, Effects& effects) {
    forget_tap(state, effects);
    tell(state, effects, std::move(notice));
}

}  // namespace

void patient_card_seen(State& state, const card::CardSeen& seen, Effects& effects) {
    if (!signed_in(state)) return tell(state, effects, notice("staff_first", Notice::Tone::plain));
    state.reopening.reset();
    show(state, Screen::home);
    state.tap = Tap{Step::looking_up, seen.session, seen.at, std::nullopt};
    effects.push_back(LookUpCard{seen.session, seen.identity});
}

void take(State& state, PatientCard event, Effects& effects) {
    if (!at_step(state, event.session, Step::looking_up)) return;
    state.tap->start = event.start;
    state.tap->step = Step::proving;
    effects.push_back(ProveCard{event.session, {event.start.first, event.start.second}});
}

void tap_proved(State& state, std::vector<card::Proof> proofs, Effects& effects) {
    const card::SessionNumber session = state.tap->session;
    if (state.tap->step == Step::proving) {
        if (proofs.size() != 2) return give_up(state, notice_of_card_fault(base::Fault::malformed), effects);
        state.tap->step = Step::unlocking;
        effects.push_back(Unlock{session, std::move(proofs)});
    } else if (state.tap->step == Step::signing) {
        if (proofs.size() != 1) return give_up(state, notice_of_card_fault(base::Fault::malformed), effects);
        state.tap->step = Step::opening;
        effects.push_back(OpenSummary{session, std::move(proofs.front())});
    }
}

void take(State& state, Unlocked event, Effects& effects) {
    if (!at_step(state, event.session, Step::unlocking)) return;
    if (!state.tap->start->confirm) return draft(state, effects);
    state.tap->step = Step::consent;
    state.last_touch = state.at;
    show(state, Screen::consent);
}

void take(State& state, AgreeConsent, Effects& effects) {
    if (state.tap && state.tap->step == Step::consent) draft(state, effects);
}

void take(State& state, DeclineConsent, Effects& effects) {
    if (!state.tap || state.tap->step != Step::consent) return;
    effects.push_back(DeclineGrant{});
    give_up(state, notice("declined", Notice::Tone::plain), effects);
}

void take(State& state, GrantDrafted event, Effects& effects) {
    if (!at_step(state, event.session, Step::drafting)) return;
    state.tap->step = Step::signing;
    effects.push_back(ProveCard{event.session, {event.challenge}});
}

void take(State& state, SummaryOpened event, Effects& effects) {
    if (signed_in(state)) effects.push_back(ListWindows{});  // a window was made, even if nobody sees it now
    if (!at_step(state, event.session, Step::opening)) return;
    state.tap->step = Step::open;
    state.summary_from = Screen::home;
    show(state, Screen::summary);
    state.summary = std::move(event.summary);
    state.summary_with_card = true;
    state.summary_tap_at = state.tap->at;
    state.last_touch = state.at;
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
}

void patient_card_gone(State& state, Effects& effects) {
    switch (state.tap->step) {
        case Step::open:
            forget_tap(state, effects);
            go_home(state);
            effects.push_back(ListWindows{});
            effects.push_back(SyncNow{});
            return;
        case Step::consent:
            return give_up(state, notice("card_taken", Notice::Tone::plain), effects);
        case Step::looking_up:
        case Step::proving:
        case Step::unlocking:
        case Step::drafting:
        case Step::signing:
        case Step::opening:
            return give_up(state, notice_of_card_fault(base::Fault::card_left), effects);
    }
}

}  // namespace kazashi::state
