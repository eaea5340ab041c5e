// What closes because nobody touches it: a patient's screen first, then the terminal. The times are the policy's.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

// A patient's record, or names out of the region's index.
bool shows_a_patient(Screen screen) {
    switch (screen) {
        case Screen::told:
        case Screen::consent:
        case Screen::summary:
        case Screen::capsule:
        case Screen::history:
        case Screen::withdraw:
        case Screen::search:
        case Screen::reason:
            return true;
        case Screen::idle:
        case Screen::locked:
        case Screen::sign_in:
        case Screen::home:
        case Screen::windows:
        case Screen::notice:
        case Screen::fault:
        case Screen::staff_menu:
        case Screen::colleagues:
        case Screen::lay_card:
        case Screen::confirm_removal:
        case Screen::doctor:
        case Screen::issuing:
        case Screen::lost_card:
        case Screen::id_card:
            return false;
    }
    return false;
}

// When the screen that is shown closes by itself, and with it what it shows.
std::optional<SteadyTime> screen_closes_at(const State& state) {
    if (shows_a_patient(state.screen) || may_see_history(state)) return state.last_touch + state.policy.patient_idle;
    if (state.screen == Screen::sign_in || state.screen == Screen::lay_card || state.screen == Screen::id_card)
        return state.last_touch + tuning::sign_in_idle;
    if (state.screen != Screen::notice || state.notice->tone == Notice::Tone::refused)
        return std::nullopt;  // what was refused, staff must see
    return std::max(state.notice_at, state.last_touch) + tuning::notice_shown;
}

std::optional<SteadyTime> locks_at(const State& state) {
    if (!signed_in(state)) return std::nullopt;
    return state.last_touch + state.policy.staff_idle;
}

// Whoever reads, or works, gets a chance to touch the screen.
struct Deadline {
    SteadyTime at;
    Closing::What what{};
};
std::optional<Deadline> warned_deadline(const State& state) {
    std::optional<Deadline> first;
    if (shows_a_patient(state.screen)) first = Deadline{*screen_closes_at(state), Closing::What::screen};
    if (const auto locks = locks_at(state); locks && (!first || *locks < first->at))
        first = Deadline{*locks, Closing::What::lock};
    return first;
}

void close_screen(State& state, Effects& effects) {
    const bool undecided = state.tap && (state.tap->step == Tap::Step::told || state.tap->step == Tap::Step::consent);
    if (undecided) return give_up(state, notice("consent_timeout", Notice::Tone::plain), effects);
    if (state.screen == Screen::summary) return take(state, CloseSummary{}, effects);
    if (state.tap) return close_patient(state, Screen::home, effects);
    go_home(state);
}

}  // namespace

std::optional<Closing> closing_in(const State& state) {
    const auto deadline = warned_deadline(state);
    if (!deadline || deadline->at - state.at > state.policy.idle_warning) return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::seconds>(deadline->at - state.at);
    return Closing{deadline->what, std::max(left, std::chrono::seconds{0})};
}

void close_what_is_left_alone(State& state, Effects& effects) {
    if (const auto locks = locks_at(state); locks && state.at >= *locks) lock(state, effects);
    if (const auto closes = screen_closes_at(state); closes && state.at >= *closes) close_screen(state, effects);
}

SteadyTime next_closing(const State& state, SteadyTime next) {
    if (const auto locks = locks_at(state)) next = std::min(next, *locks);
    if (const auto closes = screen_closes_at(state)) next = std::min(next, *closes);
    if (const auto deadline = warned_deadline(state)) {
        const SteadyTime warns = deadline->at - state.policy.idle_warning;
        next = std::min(next, state.at < warns ? warns : state.at + std::chrono::seconds{1});
    }
    return next;
}

}  // namespace kazashi::state
