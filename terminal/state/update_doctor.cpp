// Looking for the cause of trouble: what is asked of the doctor, and what it tells.
#include <algorithm>

#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

void call(State& state, std::string repair, Effects& effects) {
    auto& visit = *state.doctor;
    visit.call = ++state.doctor_calls;
    visit.running = true;
    visit.failed = false;
    visit.repairing = repair;
    visit.groups.clear();
    effects.push_back(CallDoctor{visit.call, std::move(repair)});
}

bool current(const State& state, std::uint64_t call) { return state.doctor && state.doctor->call == call; }

bool can_be_repaired(const DoctorVisit& visit, const std::string& key) {
    return std::ranges::any_of(visit.groups, [&](const DoctorVisit::Group& group) {
        return std::ranges::any_of(group.findings, [&](const Finding& finding) {
            return finding.key == key && finding.repair == Finding::Repair::possible;
        });
    });
}

}  // namespace

void take(State& state, ShowDoctor, Effects& effects) {
    if (!may_see_doctor(state)) return;
    const Screen from = state.screen;
    show(state, Screen::doctor);
    state.doctor.emplace();
    state.doctor->from = from;
    call(state, {}, effects);
}

void take(State& state, CheckAgain, Effects& effects) {
    if (state.doctor && !state.doctor->running) call(state, {}, effects);
}

void take(State& state, RepairFinding press, Effects& effects) {
    if (!state.doctor || state.doctor->running || !can_be_repaired(*state.doctor, press.key)) return;
    call(state, std::move(press.key), effects);
}

// A group that is told again, after a repair, takes the place of what it said before.
void take(State& state, DoctorTold event, Effects&) {
    if (!current(state, event.call)) return;
    auto& groups = state.doctor->groups;
    const auto place = std::ranges::lower_bound(groups, event.group, {}, &DoctorVisit::Group::group);
    if (place != groups.end() && place->group == event.group)
        place->findings = std::move(event.findings);
    else
        groups.insert(place, {event.group, std::move(event.findings)});
}

void take(State& state, DoctorDone event, Effects&) {
    if (!current(state, event.call)) return;
    state.doctor->running = false;
    state.doctor->failed = !event.well;
    state.doctor->repairing.clear();
}

void doctor_back(State& state, Effects& effects) {
    const bool from_menu = state.doctor && state.doctor->from == Screen::staff_menu;
    go_home(state);
    if (from_menu) take(state, ShowStaffMenu{}, effects);
}

}  // namespace kazashi::state
