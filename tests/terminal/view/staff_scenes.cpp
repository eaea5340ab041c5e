// Screens of the staff among themselves: the locked screen, PINs, cards and letting a colleague in.
#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using state::Screen;
using state::State;

namespace {

desk::Colleague colleague(const char* number, const char* name, bool slot, bool admitted) {
    desk::Colleague made;
    made.staff = model::StaffId{number};
    made.name = name;
    made.slot = slot;
    made.admitted = admitted;
    if (admitted) made.shift_until = at(2026, 11, 20, 17, 30);
    return made;
}

State locked() {
    State state = plain(Screen::locked);
    state.locked.emplace();
    state.locked->may_return = {colleague("0000000101", "薬剤師 大友 さくら", true, false),
                                colleague("0000000102", "薬剤師 安東 大輔", true, false)};
    for (auto& one : state.locked->may_return) one.shift_until = at(2026, 11, 20, 17, 30);
    return state;
}

State locked_nasty() {
    State state = locked();
    for (int i = 0; i < 7; ++i) {
        state.locked->may_return.push_back(state.locked->may_return.front());
        state.locked->may_return.back().name = i % 2 ? "" : "勅使河原 壽美惠エリザベス・マクドナルド";
    }
    return state;
}

State locked_alone() {
    State state = locked();
    state.locked->may_return.clear();
    return state;
}

State staff_screen(Screen screen, state::StaffJob::Kind kind) {
    State state = signed_in();
    state.screen = screen;
    state.job.emplace();
    state.job->kind = kind;
    state.colleagues = {
        colleague("0000000102", "薬剤師 安東 大輔", true, false), colleague("0000000103", "事務 首藤 恵", false, true),
        colleague("0000000104", "勅使河原 壽美惠エリザベス・マクドナルド", true, false),
        colleague("0000000105", "", false, true), colleague("0000000106", "薬剤師 小手川 仁", true, true)};
    return state;
}

State staff_job(Screen screen, state::StaffJob::Kind kind, std::size_t chosen) {
    State state = staff_screen(screen, kind);
    state.job->colleague = state.colleagues[chosen];
    return state;
}

State nobody_to_choose() {
    State state = staff_screen(Screen::colleagues, state::StaffJob::Kind::take_over);
    state.colleagues.clear();
    return state;
}

State wrong_card() {
    State state = staff_job(Screen::lay_card, state::StaffJob::Kind::let_in, 1);
    state.job->wrong_card = true;
    return state;
}

State sign_in_asking(state::SignIn::Asks asks, std::optional<state::StaffJob::Kind> kind) {
    State state = sign_in(4);
    state.sign_in->asks = asks;
    if (kind) {
        state.job.emplace();
        state.job->kind = *kind;
    }
    return state;
}

State sign_in_differed() {
    State state = sign_in_asking(state::SignIn::Asks::new_pin, state::StaffJob::Kind::change_pin);
    state.sign_in->pin = base::SecretBytes{0};
    state.sign_in->differed = true;
    return state;
}

State sign_in_shift() {
    State state = sign_in(0);
    state.sign_in->pin_needed = false;
    state.sign_in->step = state::SignIn::Step::proving;
    return state;
}

}  // namespace

std::vector<Scene> staff_scenes() {
    using Asks = state::SignIn::Asks;
    using Kind = state::StaffJob::Kind;
    return {
        {"locked", locked},
        {"locked-nasty", locked_nasty},
        {"locked-alone", locked_alone},
        {"sign-in-old", [] { return sign_in_asking(Asks::old_pin, Kind::change_pin); }},
        {"sign-in-new", [] { return sign_in_asking(Asks::new_pin, Kind::change_pin); }},
        {"sign-in-again", [] { return sign_in_asking(Asks::again, Kind::add_card); }},
        {"sign-in-second", [] { return sign_in_asking(Asks::pin, Kind::let_in); }},
        {"sign-in-differed", sign_in_differed},
        {"sign-in-shift", sign_in_shift},
        {"staff-menu", [] { return staff_screen(Screen::staff_menu, Kind::change_pin); }},
        {"colleagues-let-in", [] { return staff_screen(Screen::colleagues, Kind::let_in); }},
        {"colleagues-remove", [] { return staff_screen(Screen::colleagues, Kind::remove); }},
        {"colleagues-none", nobody_to_choose},
        {"lay-change-pin", [] { return staff_screen(Screen::lay_card, Kind::change_pin); }},
        {"lay-add-card", [] { return staff_screen(Screen::lay_card, Kind::add_card); }},
        {"lay-let-in", [] { return staff_job(Screen::lay_card, Kind::let_in, 2); }},
        {"lay-wrong-card", wrong_card},
        {"removal", [] { return staff_job(Screen::confirm_removal, Kind::remove, 0); }},
        {"removal-nasty", [] { return staff_job(Screen::confirm_removal, Kind::remove, 2); }},
    };
}

}  // namespace kazashi::test
