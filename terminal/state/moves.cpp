#include "terminal/state/steps.h"

namespace kazashi::state {

bool signed_in(const State& state) { return state.staff.has_value(); }

void show(State& state, Screen screen) {
    if (screen != Screen::summary) {
        state.summary.reset();
        state.shown_grant.reset();
        state.summary_with_card = false;
        state.summary_tap_at.reset();
        state.stopped_medicines_shown = false;
    }
    if (screen != Screen::sign_in) state.sign_in.reset();
    if (screen != Screen::notice) state.notice.reset();
    if (screen != Screen::windows && screen != Screen::summary) state.kana_search = {};
    state.screen = screen;
}

void go_home(State& state) {
    if (state.fault_unread && !state.faults.empty()) {
        state.fault_unread = false;
        return show(state, Screen::fault);
    }
    show(state, signed_in(state) ? Screen::home : Screen::idle);
}

void tell(State& state, Effects& effects, Notice notice) {
    show(state, Screen::notice);
    state.reopening.reset();
    if (notice.tone != Notice::Tone::plain) effects.push_back(PlaySound{PlaySound::Sound::refused});
    state.notice = std::move(notice);
    state.notice_at = state.at;
}

void forget_tap(State& state, Effects& effects) {
    if (!state.tap) return;
    state.tap.reset();
    effects.push_back(ForgetTap{});
}

void sign_out(State& state, Effects& effects) {
    forget_tap(state, effects);
    effects.push_back(SignOutDesk{});
    state.staff.reset();
    state.reopening.reset();
    // Not "= {}", which would only empty it: names go with their memory, and are wiped on the way.
    state.windows = std::vector<desk::LiveWindow>{};
    go_home(state);
}

}  // namespace kazashi::state
