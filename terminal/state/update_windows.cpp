// Live windows, and the summaries reopened from them without the card.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

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

void drop_last_letter(std::string& text) {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0U) == 0x80U) text.pop_back();
    if (!text.empty()) text.pop_back();
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
    if (state.screen != Screen::summary) {
        state.summary_from = state.screen;
        show(state, Screen::summary);
    }
    state.shown_grant = event.grant;
    state.summary = std::move(event.summary);
}

void take(State& state, WindowsListed event, Effects& effects) {
    if (!signed_in(state)) return;
    state.windows = std::move(event.windows);
    check_shown(state, effects);
}

void take(State& state, CloseSummary, Effects& effects) {
    if (state.screen != Screen::summary) return;
    const bool with_card = state.summary_with_card;
    const bool to_windows = state.summary_from == Screen::windows;
    forget_tap(state, effects);
    state.reopening.reset();
    if (to_windows && !state.fault_unread) {
        show(state, Screen::windows);
    } else {
        go_home(state);
    }
    effects.push_back(ListWindows{});
    if (with_card) effects.push_back(SyncNow{});
}

void take(State& state, GoBack, Effects& effects) {
    switch (state.screen) {
        case Screen::summary:
            return take(state, CloseSummary{}, effects);
        case Screen::windows:
            return go_home(state);
        case Screen::sign_in:
            return take(state, PressCancel{}, effects);
        case Screen::notice:
        case Screen::fault:
            return take(state, DismissNotice{}, effects);
        case Screen::idle:
        case Screen::home:
        case Screen::consent:
            return;  // consent has its own yes and not now
    }
}

void take(State& state, ToggleStoppedMedicines, Effects&) {
    state.stopped_medicines_shown = state.screen == Screen::summary && !state.stopped_medicines_shown;
}

void take(State& state, TypeKana press, Effects&) {
    if (state.screen != Screen::windows) return;
    if (state.kana_search.size() + press.kana.size() <= tuning::search_most) state.kana_search += press.kana;
}

void take(State& state, EraseKana, Effects&) { drop_last_letter(state.kana_search); }

}  // namespace kazashi::state
