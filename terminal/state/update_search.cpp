// Break-glass: find the person, say why, and their emergency facts open without their card.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

using Step = Search::Step;

// Fewer digits than these would find half the town; the desk takes no shorter number either.
desk::Query question_of(const Search& search) {
    desk::Query query = search.query;
    if (query.phone.size() < tuning::phone_least) query.phone.clear();
    if (query.born.size() < tuning::born_least) query.born.clear();
    return query;
}

bool says_something(const desk::Query& query) {
    return !query.kana.empty() || !query.born.empty() || !query.phone.empty() || !query.address.empty();
}

void open_record(State& state, Effects& effects) {
    state.search->step = Step::opening;
    effects.push_back(BreakGlass{state.search->chosen->patient, state.search->reason, std::nullopt});
}

}  // namespace

// Every question has a number; whatever answers an older one comes too late.
void ask(State& state, Effects& effects) {
    Search& search = *state.search;
    search.asked = ++state.questions;
    desk::Query query = question_of(search);
    search.waiting = says_something(query);
    if (search.waiting) return effects.push_back(FindPeople{search.asked, std::move(query)});
    search.found = std::vector<desk::Candidate>{};
}

void take(State& state, StartSearch, Effects& effects) {
    if (state.screen != Screen::home || state.tap || !may_break_glass(state)) return;
    show(state, Screen::search);
    state.search = std::make_unique<Search>();
    effects.push_back(ListPlaces{});
}

void take(State& state, PlacesListed event, Effects&) {
    if (state.search) state.search->places = std::move(event.places);
}

void take(State& state, PeopleFound event, Effects&) {
    if (state.screen != Screen::search || state.search->asked != event.question || !state.search->waiting) return;
    state.search->waiting = false;
    state.search->found = std::move(event.found);
}

void take(State& state, ChooseField press, Effects&) {
    if (state.screen == Screen::search) state.search->field = press.field;
}

void take(State& state, OpenKanaRow press, Effects&) {
    if (state.screen == Screen::search) state.search->kana_row = std::move(press.row);
    if (lost_kana(state)) state.lost->kana_row = std::move(press.row);
}

void take(State& state, ChooseAddress press, Effects& effects) {
    if (state.screen != Screen::search) return;
    const auto& places = state.search->places;
    if (!press.address.empty() && std::ranges::find(places, press.address) == places.end()) return;
    state.search->query.address = std::move(press.address);
    ask(state, effects);
}

void take(State& state, ChooseCandidate press, Effects&) {
    if (state.screen != Screen::search) return;
    Search& search = *state.search;
    const auto chosen = std::ranges::find(search.found, press.patient, &desk::Candidate::patient);
    if (chosen == search.found.end() || !chosen->record) return;
    search.chosen = std::move(*chosen);
    search.found = std::vector<desk::Candidate>{};
    search.step = Step::reason;
    show(state, Screen::reason);
}

void take(State& state, ChooseReason press, Effects& effects) {
    if (state.screen != Screen::reason || state.search->step != Step::reason) return;
    if (std::ranges::find(emergency_reasons, press.reason) == emergency_reasons.end()) return;
    state.search->reason = std::move(press.reason);
    if (!second_staff_needed(state)) return open_record(state, effects);
    state.search->step = Step::second_staff;
    state.job = StaffJob{};
    state.job->kind = StaffJob::Kind::break_glass;
    show(state, Screen::lay_card);
}

void take(State& state, GlassBroken event, Effects& effects) {
    if (signed_in(state)) effects.push_back(ListWindows{});  // a window was made, even if nobody sees it now
    if (!state.search || state.search->step != Step::opening) return;
    show(state, Screen::summary);
    state.summary_from = Screen::home;
    state.summary = std::move(event.summary);
    state.shown_grant = event.grant;
    state.summary_granted = state.policy.of(state.facility.type).emergency_sections;
    state.summary_emergency = true;
    state.last_touch = state.at;
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    effects.push_back(SyncNow{});
}

void search_back(State& state, Effects& effects) {
    if (state.screen == Screen::search) return go_home(state);
    if (state.search->step != Step::reason) return;  // it is being opened
    state.search->chosen.reset();
    state.search->step = Step::typing;
    show(state, Screen::search);
    ask(state, effects);
}

}  // namespace kazashi::state
