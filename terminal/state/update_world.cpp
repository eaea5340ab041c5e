// Time, the line and faults: what happens without anybody touching anything.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

void tend(State& state, Effects& effects) {
    state.tended_at = state.at;
    effects.push_back(TendDesk{});
    if (signed_in(state)) effects.push_back(ListWindows{});
}

// A window that is on the screen shows what the feed brought for it. For one by break-glass it brings nothing.
void refresh_shown(State& state, Effects& effects) {
    if (state.screen != Screen::summary || !state.shown_grant || state.reopening || state.summary_emergency) return;
    state.reopening = state.shown_grant;
    effects.push_back(ReopenWindow{*state.shown_grant});
}

bool may_interrupt(Screen screen) {
    return screen == Screen::idle || screen == Screen::locked || screen == Screen::home || screen == Screen::windows ||
           screen == Screen::fault;
}

bool answers_current(const State& state, const DeskFailed& event) {
    using During = DeskFailed::During;
    using Step = Tap::Step;
    const auto tap_at = [&](Step step) {
        return state.tap && state.tap->session == event.session && state.tap->step == step;
    };
    const auto job_at = [&](StaffJob::Kind kind) { return state.job && state.job->kind == kind; };
    const bool pin_tried = trying(state, event.session);
    switch (event.during) {
        case During::staff_card:
            return state.staff_lookup == event.session;
        case During::sign_in:
            return state.sign_in && state.sign_in->session == event.session && !state.job;
        case During::tap:
            return tap_at(Step::looking_up);
        case During::unlock:
            return tap_at(Step::unlocking);
        case During::draft:
            return tap_at(Step::drafting);
        case During::open:
            return tap_at(Step::opening);
        case During::capsule:
            return false;  // capsule_not_opened()
        case During::reopen:
            return state.reopening.has_value();
        case During::history:
            return state.tap && state.tap->session == event.session && state.tap->history_asked;
        case During::withdraw:
            return tap_at(Step::withdrawing) || tap_at(Step::writing_withdrawal);
        case During::change_pin:
            return pin_tried && job_at(StaffJob::Kind::change_pin);
        case During::add_slot:
            return pin_tried && job_at(StaffJob::Kind::add_card);
        case During::let_in:
            return pin_tried && job_at(StaffJob::Kind::let_in);
        case During::remove_slot:
            return job_at(StaffJob::Kind::remove) && state.job->asked;
        case During::take_over:
            return job_at(StaffJob::Kind::take_over) && state.job->asked;
        case During::search:
            return state.screen == Screen::search && (event.session == 0 || event.session == state.search->asked);
        case During::break_glass:
            return state.search && state.search->step == Search::Step::opening;
        case During::card_order:
            return state.screen == Screen::issuing && state.issue->call == event.session && state.issue->asked;
        case During::lost_card:
            return state.screen == Screen::lost_card && state.lost->step == LostVisit::Step::writing;
        case During::id_card:
            return state.id_card && state.id_card->session == event.session;
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

void take(State& state, Tick event, Effects& effects) {
    state.now = event.now;
    state.at = event.at;
    state.utc_offset = state.policy.time_zone.offset_at(state.now);
    if (state.locked && !state.locked->may_return.empty()) end_shifts(state);
    close_what_is_left_alone(state, effects);
    if (state.at - state.tended_at >= tuning::tend_every) tend(state, effects);
}

SteadyTime next_tick(const State& state) {
    SteadyTime next = std::min(next_minute(state), state.tended_at + tuning::tend_every);
    next = next_closing(state, next);
    const bool counting_down = state.sign_in && state.sign_in->locked_until && *state.sign_in->locked_until > state.now;
    if (counting_down) next = std::min(next, state.at + std::chrono::seconds{1});
    return std::max(next, state.at + std::chrono::milliseconds{1});
}

void take(State& state, PolicyKnown event, Effects&) {
    state.policy = std::move(event.policy);
    state.utc_offset = state.policy.time_zone.offset_at(state.now);
}

void take(State& state, SyncTold event, Effects& effects) {
    const bool touched = event.status.windows_touched;
    const bool first_whole = event.status.caught_up && !state.sync.caught_up;
    const bool forked = event.status.problem == "fork" && state.sync.problem != "fork";
    state.sync = std::move(event.status);
    // An old image of this terminal was put back: the region takes nothing from it any more.
    if (forked) take(state, FaultNoted{"fault.fork"}, effects);
    if (!touched && !first_whole) return;
    tend(state, effects);
    if (touched) refresh_shown(state, effects);
}

void take(State& state, DeskFailed event, Effects& effects) {
    if (capsule_not_opened(state, event, effects) || !answers_current(state, event)) return;
    using During = DeskFailed::During;
    if (state.capsule_look && event.during == During::tap && event.error.fault == base::Fault::not_found)
        state.capsule_look->nothing_else = true;
    const bool all_here = state.sync.caught_up && state.sync.line == engine::SyncStatus::Line::online;
    state.staff_lookup.reset();
    forget_tap(state, effects);
    tell(state, effects, notice_of(event.during, event.error, all_here));
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

void take(State& state, DismissNotice, Effects& effects) {
    if (state.screen != Screen::notice && state.screen != Screen::fault) return;
    state.tap ? close_patient(state, Screen::home, effects) : go_home(state);
}

void take(State& state, SetLanguage press, Effects&) { state.language = press.language; }
void take(State& state, SetTheme press, Effects&) { state.theme = press.theme; }
void take(State&, Touched, Effects&) {}  // update() has taken the time

}  // namespace kazashi::state
