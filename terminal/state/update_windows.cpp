// Live windows, and the summaries reopened from them without the card.
#include <algorithm>

#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

const desk::LiveWindow* listed(const State& state, const model::GrantId& grant) {
    const auto found = std::ranges::find(state.windows, grant, &desk::LiveWindow::grant);
    return found == state.windows.end() ? nullptr : &*found;
}

// The window on the screen may have ended, been withdrawn or refused while somebody looked at it.
void check_shown(State& state, Effects& effects) {
    if (state.screen != Screen::summary || !state.shown_grant) return;
    const desk::LiveWindow* window = listed(state, *state.shown_grant);
    if (!window) return tell(state, effects, notice("window_ended", Notice::Tone::plain));
    if (window->refused) return tell(state, effects, notice("grant_refused", Notice::Tone::refused));
}

}  // namespace

void take(State& state, ShowWindows, Effects& effects) {
    if (state.screen != Screen::home || state.tap) return;
    show(state, Screen::windows);
    effects.push_back(ListWindows{});
}

void take(State& state, OpenWindow press, Effects& effects) {
    const bool may_choose = state.screen == Screen::home || state.screen == Screen::windows;
    if (!may_choose || !signed_in(state) || state.tap || state.reopening) return;
    const desk::LiveWindow* window = listed(state, press.grant);
    if (!window) return;
    if (window->refused) return tell(state, effects, notice("grant_refused", Notice::Tone::refused));
    state.reopening = press.grant;
    effects.push_back(ReopenWindow{press.grant});
}

void take(State& state, SummaryReopened event, Effects&) {
    if (!signed_in(state) || state.reopening != event.grant) return;
    state.reopening.reset();
    const desk::LiveWindow* window = listed(state, event.grant);
    if (!window || window->refused) return;  // it has ended meanwhile
    if (state.screen != Screen::summary) {
        state.summary_from = state.screen;
        show(state, Screen::summary);
    }
    state.shown_grant = event.grant;
    state.summary_granted = window->sections;
    state.summary_emergency = window->emergency;
    state.summary = std::move(event.summary);
}

void take(State& state, WindowsListed event, Effects& effects) {
    if (!signed_in(state)) return;
    state.windows = std::move(event.windows);
    check_shown(state, effects);
}

void take(State& state, CloseSummary, Effects& effects) {
    if (state.screen == Screen::summary) close_patient(state, state.summary_from, effects);
}

void take(State& state, ToggleStoppedMedicines, Effects&) {
    state.stopped_medicines_shown = state.screen == Screen::summary && !state.stopped_medicines_shown;
}

}  // namespace kazashi::state
