// Time, the line and faults: what happens without anybody touching anything.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

// When the screen that is shown closes by itself, and with it what it shows.
std::optional<SteadyTime> screen_closes_at(const State& state) {
    switch (state.screen) {
        case Screen::summary:
        case Screen::consent:
            return state.last_touch + tuning::patient_idle;
        case Screen::sign_in:
            return state.last_touch + tuning::sign_in_idle;
        case Screen::notice:
            if (state.notice->tone == Notice::Tone::refused) return std::nullopt;  // staff must see it
            return std::max(state.notice_at, state.last_touch) + tuning::notice_shown;
        case Screen::idle:
        case Screen::home:
        case Screen::windows:
        case Screen::fault:
            return std::nullopt;
    }
    return std::nullopt;
}

void close_screen(State& state, Effects& effects) {
    if (state.screen == Screen::summary) return take(state, CloseSummary{}, effects);
    const bool consent = state.screen == Screen::consent;
    forget_tap(state, effects);
    if (consent) return tell(state, effects, notice("consent_timeout", Notice::Tone::plain));
    go_home(state);
}

void tend(State& state, Effects& effects) {
    state.tended_at = state.at;
    effects.push_back(TendDesk{});
    if (signed_in(state)) effects.push_back(ListWindows{});
}

// A window that is on the screen shows what the feed brought for it.
void refresh_shown(State& state, Effects& effects) {
    if (state.screen != Screen::summary || !state.shown_grant || state.reopening) return;
    state.reopening = state.shown_grant;
    effects.push_back(ReopenWindow{*state.shown_grant});
}

bool may_interrupt(Screen screen) {
    return screen == Screen::idle || screen == Screen::home || screen == Screen::windows || screen == Screen::fault;
}

bool answers_current(const State& state, const DeskFailed& event) {
    using During = DeskFailed::During;
    using Step = Tap::Step;
    const auto tap_at = [&](Step step) {
        return state.tap && state.tap->session == event.session && state.tap->step == step;
    };
    switch (event.during) {
        case During::staff_card:
            return state.staff_lookup == event.session;
        case During::sign_in:
            return state.sign_in && state.sign_in->session == event.session;
        case During::tap:
            return tap_at(Step::looking_up);
        case During::unlock:
            return tap_at(Step::unlocking);
        case During::draft:
            return tap_at(Step::drafting);
        case During::open:
            return tap_at(Step::opening);
        case During::reopen:
            return state.reopening.has_value();
        case During::other:
            return false;  // nobody waits for it; the app has logged it
    }
    return false;
}

SteadyTime next_minute(const State& state) {
    const auto into = state.now.time_since_epoch() % std::chrono::minutes{1};
    return state.at + (std::chrono::minutes{1} - into);
}

}  // namespace

std::optional<std::chrono::seconds> closing_in(const State& state) {
    if (state.screen != Screen::summary && state.screen != Screen::consent) return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::seconds>(*screen_closes_at(state) - state.at);
    if (left > tuning::closing_warning) return std::nullopt;
    return std::max(left, std::chrono::seconds{0});
}

void take(State& state, Tick event, Effects& effects) {
    state.now = event.now;
    state.at = event.at;
    if (signed_in(state) && state.at - state.last_touch >= tuning::staff_idle) sign_out(state, effects);
    if (const auto closes = screen_closes_at(state); closes && state.at >= *closes) close_screen(state, effects);
    if (state.at - state.tended_at >= tuning::tend_every) tend(state, effects);
}

SteadyTime next_tick(const State& state) {
    SteadyTime next = std::min(next_minute(state), state.tended_at + tuning::tend_every);
    if (signed_in(state)) next = std::min(next, state.last_touch + tuning::staff_idle);
    if (const auto closes = screen_closes_at(state)) {
        next = std::min(next, *closes);
        const SteadyTime warns = *closes - tuning::closing_warning;
        next = std::min(next, state.at < warns ? warns : state.at + std::chrono::seconds{1});
    }
    const bool counting_down = state.sign_in && state.sign_in->locked_until && *state.sign_in->locked_until > state.now;
    if (counting_down) next = std::min(next, state.at + std::chrono::seconds{1});
    return std::max(next, state.at + std::chrono::milliseconds{1});
}

void take(State& state, SyncTold event, Effects& effects) {
    const bool touched = event.status.windows_touched;
    const bool first_whole = event.status.caught_up && !state.sync.caught_up;
    state.sync = std::move(event.status);
    if (!touched && !first_whole) return;
    tend(state, effects);
    if (touched) refresh_shown(state, effects);
}

void take(State& state, DeskFailed event, Effects& effects) {
    if (!answers_current(state, event)) return;
    const bool all_here = state.sync.caught_up && state.sync.line == engine::SyncStatus::Line::online;
    state.staff_lookup.reset();
    forget_tap(state, effects);
    tell(state, effects, notice_of(event.during, event.error.fault, all_here));
    if (event.during == DeskFailed::During::reopen) effects.push_back(ListWindows{});
}

void take(State& state, FaultNoted event, Effects&) {
    std::erase(state.faults, event.key);
    state.faults.insert(state.faults.begin(), std::move(event.key));
    if (state.faults.size() > tuning::faults_most) state.faults.pop_back();
    state.fault_unread = true;
    if (may_interrupt(state.screen) && !state.tap) go_home(state);
}

void take(State& state, FaultCleared event, Effects&) {
    std::erase(state.faults, event.key);
    if (state.faults.empty()) state.fault_unread = false;
    if (state.screen == Screen::fault && state.faults.empty()) go_home(state);
}

void take(State& state, DismissNotice, Effects&) {
    if (state.screen == Screen::notice || state.screen == Screen::fault) go_home(state);
}

void take(State& state, SetLanguage press, Effects&) { state.language = press.language; }
void take(State& state, SetTheme press, Effects&) { state.theme = press.theme; }
void take(State&, Touched, Effects&) {}  // update() has taken the time

}  // namespace kazashi::state
