// What can be done here and now: by the policy for this facility, by who is signed in, by what lies on the reader.
#include <algorithm>

#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

const model::TypePolicy& rule(const State& state) { return state.policy.of(state.facility.type); }

// With a card that has proved itself.
bool tap_at(const State& state, Tap::Step step) {
    return state.tap && state.tap->step == step && !state.tap->presented;
}

bool choosable(const desk::Colleague& colleague, StaffJob::Kind kind) {
    switch (kind) {
        case StaffJob::Kind::let_in:
            return true;
        case StaffJob::Kind::remove:
            return colleague.slot;
        case StaffJob::Kind::take_over:
            return colleague.admitted;
        case StaffJob::Kind::change_pin:
        case StaffJob::Kind::add_card:
        case StaffJob::Kind::break_glass:
            return false;  // nobody is chosen: the card says who
    }
    return false;
}

}  // namespace

bool self_service(const State& state) { return rule(state).self_service && !signed_in(state); }

bool may_break_glass(const State& state) {
    return state.staff && state.staff->may_search && rule(state).break_glass != model::BreakGlass::never;
}

bool second_staff_needed(const State& state) { return rule(state).break_glass == model::BreakGlass::two_staff; }

bool emergency_first(const State& state) {
    return state.summary_emergency || rule(state).break_glass == model::BreakGlass::one_staff;
}

bool may_see_doctor(const State& state) {
    if (state.tap || state.staff_lookup) return false;
    const bool reader_off = state.reader.service != card::ReaderState::Service::ready;
    switch (state.screen) {
        case Screen::staff_menu:
        case Screen::fault:
            return true;
        case Screen::notice:
            return state.notice &&
                   (state.notice->what == "notice.reader_off" || state.notice->what == "notice.reader_busy");
        case Screen::idle:
        case Screen::locked:
            return reader_off;
        default:
            return false;
    }
}

model::SectionSet missing_sections(const State& state) {
    model::SectionSet missing;
    if (!state.summary) return missing;
    for (const model::Section section : model::all_sections)
        if (state.summary_granted.has(section) && !state.summary->sections.has(section))
            missing = missing.with(section);
    return missing;
}

bool by_presented_card(const State& state) {
    return state.summary && state.summary_with_card && state.tap && state.tap->presented;
}

bool waits_for_patient(const State& state) {
    if (!state.tap) return false;
    using Step = Tap::Step;
    const Step step = state.tap->step;
    return step == Step::told || step == Step::consent || step == Step::open || step == Step::nothing_here;
}

bool may_see_capsule(const State& state) {
    if (!state.capsule_look || state.capsule_look->step != CapsuleLook::Step::offered || !signed_in(state)) return false;
    const auto& own = rule(state);
    const bool in_an_emergency = own.break_glass != model::BreakGlass::never &&
                                 own.emergency_sections.has(model::Section::emergency);
    if (!in_an_emergency && !own.sections.has(model::Section::emergency)) return false;
    if (state.screen == Screen::notice)
        return state.capsule_look->nothing_else || tap_at(state, Tap::Step::nothing_here);
    // Where the record itself is open, only who works in emergencies also wants what the card says.
    return state.screen == Screen::summary && state.summary_with_card && emergency_first(state);
}

bool may_see_history(const State& state) {
    if (state.screen == Screen::notice) return tap_at(state, Tap::Step::nothing_here);
    if (state.screen == Screen::consent) return tap_at(state, Tap::Step::consent);
    return state.screen == Screen::summary && state.summary_with_card && tap_at(state, Tap::Step::open);
}

bool may_withdraw(const State& state) {
    if (state.screen == Screen::notice) return tap_at(state, Tap::Step::nothing_here);
    if (state.screen == Screen::summary) return state.summary_with_card && tap_at(state, Tap::Step::open);
    return state.screen == Screen::history && waits_for_patient(state) && !state.tap->presented;
}

std::vector<const desk::Colleague*> choosable(const State& state, StaffJob::Kind kind) {
    std::vector<const desk::Colleague*> some;
    for (const auto& colleague : state.colleagues)
        if (choosable(colleague, kind)) some.push_back(&colleague);
    return some;
}

}  // namespace kazashi::state
