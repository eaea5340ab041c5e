// A patient's card is lost: chosen by their window here, or by the regional id they are known by; confirmed; written
// down. The region hears of it with the ledger, so no line is needed.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

using Step = LostVisit::Step;

}  // namespace

void take(State& state, ShowLostCard, Effects& effects) {
    if (state.screen != Screen::staff_menu || !signed_in(state)) return;
    show(state, Screen::lost_card);
    state.lost.emplace();
    effects.push_back(ListWindows{});
}

std::string* lost_kana(State& state) {
    if (state.screen != Screen::lost_card || state.lost->step != Step::choosing) return nullptr;
    return state.lost->by == LostVisit::By::name ? &state.lost->kana : nullptr;
}

void take(State& state, ChooseLostBy press, Effects&) {
    if (state.screen == Screen::lost_card && state.lost->step == Step::choosing) state.lost->by = press.by;
}

void take(State& state, ChooseLost press, Effects&) {
    if (state.screen != Screen::lost_card || state.lost->step != Step::choosing) return;
    const auto found = std::ranges::find(state.windows, press.grant, &desk::LiveWindow::grant);
    if (found == state.windows.end()) return;
    state.lost->window = *found;
    state.lost->step = Step::confirming;
}

void lost_number_typed(State& state) {
    if (state.lost->step != Step::choosing || state.lost->number.size() != tuning::card_number) return;
    state.lost->window.reset();
    state.lost->step = Step::confirming;
}

void take(State& state, ReportLost, Effects& effects) {
    if (state.screen != Screen::lost_card || state.lost->step != Step::confirming) return;
    state.lost->step = Step::writing;
    const auto& window = state.lost->window;
    effects.push_back(WriteLostCard{window ? std::optional{window->grant} : std::nullopt,
                                    window ? std::string{} : state.lost->number});
}

void take(State& state, CardReportedLost, Effects& effects) {
    if (state.screen != Screen::lost_card || state.lost->step != Step::writing) return;
    effects.push_back(SyncNow{});
    tell(state, effects, notice("card_reported_lost", Notice::Tone::plain));
}

void lost_back(State& state, Effects& effects) {
    if (state.lost->step == Step::writing) return;
    if (state.lost->step == Step::confirming) return static_cast<void>(state.lost->step = Step::choosing);
    show(state, Screen::staff_menu);
    effects.push_back(ListColleagues{});
}

}  // namespace kazashi::state
