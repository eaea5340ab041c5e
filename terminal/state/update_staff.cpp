// What staff do among themselves: their PINs, their cards, letting somebody in, and the locked screen.
#include <algorithm>

#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

using Kind = StaffJob::Kind;

bool at_job(const State& state, Kind kind) { return state.job && state.job->kind == kind; }

bool on_staff_screens(Screen screen) {
    return screen == Screen::staff_menu || screen == Screen::colleagues || screen == Screen::lay_card ||
           screen == Screen::confirm_removal;
}

void show_menu(State& state, Effects& effects) {
    show(state, Screen::staff_menu);
    effects.push_back(ListColleagues{});
}

// Only the own card can change its PIN; only others can help.
bool right_card(const State& state, const std::string& number) {
    const bool own = state.staff->staff.str() == number;
    if (state.job->kind == Kind::change_pin) return own;
    const bool third = state.job->colleague && state.job->colleague->staff.str() == number;
    return !own && !third;
}

// Somebody is told of it unless they are busy with something else by now: it has been done all the same.
void done(State& state, bool awaited, const char* name, Effects& effects) {
    const bool busy = state.tap || (state.screen != Screen::home && state.screen != Screen::idle);
    if (!awaited && busy) return;
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    tell(state, effects, notice(name, Notice::Tone::plain));
}

}  // namespace

void job_card_seen(State& state, card::SessionNumber session, const card::Identity& card, Effects& effects) {
    state.job->wrong_card = !right_card(state, card.record.number);
    if (state.job->wrong_card) return effects.push_back(PlaySound{PlaySound::Sound::refused});
    state.staff_lookup = session;
    if (state.job->kind == Kind::add_card) return effects.push_back(DraftSlot{session, card});
    effects.push_back(LookUpCard{session, card});
}

void leave_job(State& state, Effects& effects) {
    if (!at_job(state, Kind::break_glass)) return show_menu(state, effects);
    state.search->step = Search::Step::reason;
    show(state, Screen::reason);
}

void take(State& state, ShowStaffMenu, Effects& effects) {
    const bool free = state.screen == Screen::home || state.screen == Screen::windows;
    if (free && signed_in(state) && !state.tap) show_menu(state, effects);
}

void take(State& state, StartJob press, Effects& effects) {
    if (state.screen != Screen::staff_menu || press.kind == Kind::break_glass) return;
    state.job = StaffJob{};
    state.job->kind = press.kind;
    if (press.kind != Kind::change_pin && press.kind != Kind::add_card) return show(state, Screen::colleagues);
    show(state, Screen::lay_card);
    const bool own_card_here = state.card && state.staff_card && right_card(state, state.staff_card->record.number);
    if (press.kind == Kind::change_pin && own_card_here) job_card_seen(state, *state.card, *state.staff_card, effects);
}

void take(State& state, ChooseColleague press, Effects& effects) {
    if (state.screen != Screen::colleagues || state.job->asked) return;
    const auto some = choosable(state, state.job->kind);
    const auto chosen = std::ranges::find(some, press.staff, &desk::Colleague::staff);
    if (chosen == some.end()) return;
    state.job->colleague = **chosen;
    if (at_job(state, Kind::let_in)) return show(state, Screen::lay_card);
    if (at_job(state, Kind::remove)) return show(state, Screen::confirm_removal);
    state.job->asked = true;
    effects.push_back(TakeOver{press.staff});
}

void take(State& state, ConfirmRemoval, Effects& effects) {
    if (state.screen != Screen::confirm_removal || state.job->asked) return;
    state.job->asked = true;
    effects.push_back(RemoveSlot{state.job->colleague->staff});
}

void staff_back(State& state, Effects& effects) {
    switch (state.screen) {
        case Screen::colleagues:
            return show_menu(state, effects);
        case Screen::lay_card:
            state.staff_lookup.reset();  // whose card it was does not matter any more
            if (at_job(state, Kind::let_in)) return show(state, Screen::colleagues);
            return leave_job(state, effects);
        case Screen::confirm_removal:
            return show(state, Screen::colleagues);
        default:
            return go_home(state);
    }
}

void take(State& state, ColleaguesListed event, Effects&) {
    if (signed_in(state) && on_staff_screens(state.screen)) state.colleagues = std::move(event.colleagues);
}

void take(State& state, LetIn event, Effects& effects) {
    const bool let_in = at_job(state, Kind::let_in) && state.sign_in && state.sign_in->step == SignIn::Step::trying;
    const bool took_over = at_job(state, Kind::take_over) && state.job->asked;
    if (!let_in && !took_over) return nobody_waits(state, effects);
    welcome(state, std::move(event.who), effects);
}

void take(State& state, PinChanged event, Effects& effects) {
    done(state, at_job(state, Kind::change_pin) && trying(state, event.session), "pin_changed", effects);
}

void take(State& state, SlotAdded event, Effects& effects) {
    done(state, at_job(state, Kind::add_card) && trying(state, event.session), "slot_added", effects);
}

void take(State& state, SlotRemoved event, Effects& effects) {
    const bool awaited = at_job(state, Kind::remove) && state.job->asked && state.job->colleague->staff == event.staff;
    done(state, awaited, "slot_removed", effects);
}

void take(State& state, LockNow, Effects& effects) {
    if (signed_in(state)) lock(state, effects);
}

void take(State& state, StaffEnded, Effects& effects) {
    if (signed_in(state)) put_out(state, effects);
}

void take(State& state, ShiftsListed event, Effects&) {
    if (!state.locked) return;
    state.locked->may_return = std::move(event.may_return);
    end_shifts(state);
}

// With the last shift over it is nobody's terminal any more: an idle one.
void end_shifts(State& state) {
    const auto over = [&](const desk::Colleague& who) { return !who.shift_until || *who.shift_until <= state.now; };
    std::erase_if(state.locked->may_return, over);
    if (!state.locked->may_return.empty()) return;
    state.locked.reset();
    if (state.screen == Screen::locked) go_home(state);
}

}  // namespace kazashi::state
