// The patient's own affairs with the card on the reader: who looked, and taking the permission back.
#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

using Step = Tap::Step;

bool at_step(const State& state, card::SessionNumber session, Step step) {
    return state.tap && state.tap->session == session && state.tap->step == step;
}

}  // namespace

void take(State& state, ShowHistory, Effects& effects) {
    if (!may_see_history(state) || state.tap->history_asked) return;
    state.tap->history_asked = true;
    effects.push_back(ListHistory{state.tap->session});
}

void take(State& state, HistoryListed event, Effects&) {
    if (!may_see_history(state) || state.tap->session != event.session || !state.tap->history_asked) return;
    state.tap->history_asked = false;
    state.history_from = state.screen;
    state.last_touch = state.at;
    show(state, Screen::history);
    state.history = std::move(event.looks);
}

void take(State& state, StartWithdrawal, Effects&) {
    if (!may_withdraw(state)) return;
    state.tap->history_asked = false;
    Withdrawing withdrawing;
    withdrawing.from = state.screen;
    withdrawing.here = !state.tap->start->self;
    show(state, Screen::withdraw);
    state.withdrawing = withdrawing;
}

void take(State& state, ChooseWithdrawal press, Effects&) {
    if (state.screen != Screen::withdraw || state.withdrawing->everybody) return;
    if (press.everybody || state.withdrawing->here) state.withdrawing->everybody = press.everybody;
}

void take(State& state, ConfirmWithdrawal, Effects& effects) {
    if (state.screen != Screen::withdraw || !state.withdrawing->everybody) return;
    if (!waits_for_patient(state)) return;  // confirmed already
    state.tap->step = Step::withdrawing;
    effects.push_back(DraftWithdrawal{state.tap->session, *state.withdrawing->everybody});
}

void take(State& state, WithdrawalDrafted event, Effects& effects) {
    if (!at_step(state, event.session, Step::withdrawing)) return;
    state.tap->step = Step::signing_withdrawal;
    effects.push_back(ProveCard{event.session, {event.challenge}});
}

void take(State& state, Withdrawn event, Effects& effects) {
    if (!at_step(state, event.session, Step::writing_withdrawal)) {
        if (signed_in(state)) effects.push_back(ListWindows{});  // it is done, even if nobody waits any more
        return;
    }
    const bool everybody = state.withdrawing->everybody.value_or(false);
    give_up(state, notice(everybody ? "withdrawn_everybody" : "withdrawn_here", Notice::Tone::plain), effects);
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    if (signed_in(state)) effects.push_back(ListWindows{});
    effects.push_back(SyncNow{});
}

void patient_back(State& state) {
    const bool history = state.screen == Screen::history;
    if (!waits_for_patient(state)) return;  // it is being written
    if (!history && state.withdrawing->everybody) return state.withdrawing->everybody.reset();
    const Screen to = history ? state.history_from : state.withdrawing->from;
    to == Screen::notice ? show_nothing_here(state) : show(state, to);
}

}  // namespace kazashi::state
