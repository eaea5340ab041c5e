#include <algorithm>
#include <initializer_list>
#include <memory>

#include "cardio/base/secret.h"
#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

bool one_of(Screen screen, std::initializer_list<Screen> some) { return std::ranges::find(some, screen) != some.end(); }

// Not "= {}" and not reset(), which would only empty it. Names go with their memory, and are wiped on the way; a short
// one has no memory of its own but lies in its holder, also after it was erased letter by letter.
template <class T>
void let_go(T& of) {
    std::destroy_at(&of);
    base::wipe(static_cast<void*>(&of), sizeof of);
    std::construct_at(&of);
}

bool for_break_glass(const State& state) { return state.job && state.job->kind == StaffJob::Kind::break_glass; }

void let_go_of_summary(State& state, Screen next) {
    if (one_of(next, {Screen::summary, Screen::history, Screen::withdraw, Screen::capsule})) return;  // they lead back to it
    state.summary.reset();
    state.summary_granted = {};
    state.shown_grant.reset();
    state.summary_with_card = false;
    state.summary_self = false;
    state.summary_emergency = false;
    state.summary_tap_at.reset();
    state.stopped_medicines_shown = false;
}

void let_go_of_patient(State& state, Screen next) {
    let_go_of_summary(state, next);
    if (next != Screen::told) let_go(state.emergency_views);
    if (!one_of(next, {Screen::history, Screen::withdraw})) let_go(state.history);
    if (next != Screen::withdraw) state.withdrawing.reset();
    if (next != Screen::capsule) state.capsule.reset();
    const bool second_card = one_of(next, {Screen::lay_card, Screen::sign_in}) && for_break_glass(state);
    if (!one_of(next, {Screen::search, Screen::reason}) && !second_card) state.search.reset();
    if (!one_of(next, {Screen::windows, Screen::summary})) let_go(state.kana_search);
    if (!one_of(next, {Screen::home, Screen::windows, Screen::summary})) state.reopening.reset();
}

void let_go_of_staff(State& state, Screen next) {
    const bool job_goes_on =
        one_of(next, {Screen::colleagues, Screen::lay_card, Screen::sign_in, Screen::confirm_removal});
    if (next != Screen::sign_in) state.sign_in.reset();
    if (!job_goes_on) let_go(state.job);
    if (!job_goes_on && next != Screen::staff_menu) let_go(state.colleagues);
}

void nobody_here(State& state, Effects& effects) {
    forget_tap(state, effects);
    let_go(state.capsule_look);
    let_go(state.staff);
    state.reopening.reset();
    let_go(state.windows);
}

}  // namespace

bool holds_record(const State& state) {
    return state.summary != nullptr || state.search != nullptr || state.capsule != nullptr || !state.history.empty() ||
           !state.emergency_views.empty();
}

bool holds_names(const State& state) { return !state.windows.empty() || state.lost || state.issue; }

bool signed_in(const State& state) { return state.staff.has_value(); }

void show(State& state, Screen screen) {
    let_go_of_patient(state, screen);
    let_go_of_staff(state, screen);
    if (screen != Screen::notice) state.notice.reset();
    if (screen != Screen::id_card) state.id_card.reset();
    if (screen != Screen::doctor) state.doctor.reset();
    if (screen != Screen::issuing) let_go(state.issue);
    if (screen != Screen::lost_card) let_go(state.lost);
    state.screen = screen;
}

void go_home(State& state) {
    if (state.fault_unread && !state.faults.empty()) {
        state.fault_unread = false;
        return show(state, Screen::fault);
    }
    if (signed_in(state)) return show(state, Screen::home);
    show(state, state.locked ? Screen::locked : Screen::idle);
}

void tell(State& state, Effects& effects, Notice notice) {
    show(state, Screen::notice);
    if (notice.tone != Notice::Tone::plain) effects.push_back(PlaySound{PlaySound::Sound::refused});
    state.notice = std::move(notice);
    state.notice_at = state.at;
}

void forget_capsule_look(State& state) { let_go(state.capsule_look); }

void forget_tap(State& state, Effects& effects) {
    if (!state.tap) return;
    let_go(state.tap);
    effects.push_back(ForgetTap{});
}

void lock(State& state, Effects& effects) {
    nobody_here(state, effects);
    effects.push_back(LockDesk{});
    state.locked.emplace();
    go_home(state);
}

void sign_out(State& state, Effects& effects) {
    nobody_here(state, effects);
    effects.push_back(SignOutDesk{});
    state.locked.reset();
    go_home(state);
}

void put_out(State& state, Effects& effects) {
    nobody_here(state, effects);
    state.locked.reset();
    tell(state, effects, notice("staff_ended", Notice::Tone::caution));
}

}  // namespace kazashi::state
