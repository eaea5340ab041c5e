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
    state.tap->history_asked = false;
    effects.push_back(DraftGrant{state.tap->session});
}

// The grant as it may be made now, or the patient's word before it.
void go_on(State& state, Effects& effects) {
    if (!state.tap->record) {
        effects.push_back(PlaySound{PlaySound::Sound::refused});
        return show_nothing_here(state);
    }
    if (!state.tap->start->confirm) return draft(state, effects);
    state.tap->step = Step::consent;
    state.last_touch = state.at;
    show(state, Screen::consent);
}

}  // namespace

// Who looked, and taking it back, are the patient's all the same.
void show_nothing_here(State& state) {
    state.tap->step = Step::nothing_here;
    state.last_touch = state.notice_at = state.at;
    show(state, Screen::notice);
    state.notice = notice("no_record", Notice::Tone::caution);
}

void give_up(State& state, Notice notice, Effects& effects) {
    forget_tap(state, effects);
    tell(state, effects, std::move(notice));
}

void patient_card_seen(State& state, const card::CardSeen& seen, Effects& effects) {
    if (!signed_in(state) && !self_service(state))
        return tell(state, effects, notice("staff_first", Notice::Tone::plain));
    state.reopening.reset();
    show(state, signed_in(state) ? Screen::home : Screen::idle);
    capsule_card_seen(state, seen);
    state.tap = Tap{Step::looking_up, seen.session, seen.at, std::nullopt};
    state.tap->idm = seen.identity.idm;
    state.tap->chip = seen.identity.chip;
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
    } else if (state.tap->step == Step::signing || state.tap->step == Step::signing_withdrawal) {
        if (proofs.size() != 1) return give_up(state, notice_of_card_fault(base::Fault::malformed), effects);
        const bool grant = state.tap->step == Step::signing;
        state.tap->step = grant ? Step::opening : Step::writing_withdrawal;
        if (grant) return effects.push_back(OpenSummary{session, std::move(proofs.front())});
        effects.push_back(Withdraw{session, std::move(proofs.front())});
    }
}

// It can be read but does not answer: a card from before there were proofs. What it may open is the policy's.
void tap_refused(State& state, Effects& effects) {
    state.tap->presented = true;
    state.tap->step = Step::opening;
    effects.push_back(OpenPresented{state.tap->session});
}

void take(State& state, Unlocked event, Effects& effects) {
    if (!at_step(state, event.session, Step::unlocking)) return;
    state.tap->record = event.record;
    if (event.notices.empty()) return go_on(state, effects);
    state.tap->step = Step::told;
    state.last_touch = state.at;
    show(state, Screen::told);
    state.emergency_views = std::move(event.notices);
}

void take(State& state, AcknowledgeViews, Effects& effects) {
    if (state.screen != Screen::told) return;
    NoticesRead read;
    for (const auto& told : state.emergency_views) read.views.push_back(told.view);
    effects.push_back(std::move(read));
    show(state, signed_in(state) ? Screen::home : Screen::idle);
    go_on(state, effects);
}

void take(State& state, AgreeConsent, Effects& effects) {
    if (state.screen == Screen::consent && state.tap->step == Step::consent) draft(state, effects);
}

void take(State& state, DeclineConsent, Effects& effects) {
    if (state.screen != Screen::consent || state.tap->step != Step::consent) return;
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
    state.summary_granted =
        state.tap->presented ? state.policy.of(state.facility.type).presented_sections : state.tap->start->sections;
    state.summary_with_card = true;
    state.summary_self = state.tap->start->self;
    state.summary_tap_at = state.tap->at;
    state.last_touch = state.at;
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    begin_capsule_write(state, effects);
}

void close_patient(State& state, Screen to, Effects& effects) {
    const bool with_card = state.tap.has_value();
    forget_tap(state, effects);
    state.reopening.reset();
    if (to == Screen::windows && !state.fault_unread) {
        show(state, Screen::windows);
    } else {
        go_home(state);
    }
    if (signed_in(state)) effects.push_back(ListWindows{});
    if (with_card) effects.push_back(SyncNow{});
}

void patient_card_gone(State& state, Effects& effects) {
    switch (state.tap->step) {
        case Step::open:
            return close_patient(state, Screen::home, effects);
        case Step::nothing_here:
            if (state.screen == Screen::notice) return forget_tap(state, effects);  // whoever reads it, goes on reading
            return close_patient(state, Screen::home, effects);
        case Step::writing_withdrawal:
            return;  // it has answered: what it said is being written
        case Step::told:
        case Step::consent:
            return give_up(state, notice("card_taken", Notice::Tone::plain), effects);
        case Step::looking_up:
        case Step::proving:
        case Step::unlocking:
        case Step::drafting:
        case Step::signing:
        case Step::opening:
        case Step::withdrawing:
        case Step::signing_withdrawal:
            return give_up(state, notice_of_card_fault(base::Fault::card_left), effects);
    }
}

}  // namespace kazashi::state
