// update(): every decision of the terminal, pure.
#pragma once

#include <vector>

#include "terminal/state/state.h"

namespace kazashi::state {

using Effects = std::vector<Effect>;

// The state is changed in place (it is never copied: it may hold an opened summary) and the work to do is returned.
Effects update(State& state, Event event);
Effects update(State& state, Intent intent);

// When the next Tick is due if nothing happens before: the clock's next minute, an idle time, the end of a PIN lock.
// The loop sleeps until then (design §8).
SteadyTime next_tick(const State& state);

// In the last seconds before a screen closes, or the terminal locks, because nobody touches it (policy: idle_warning).
struct Closing {
    enum class What { screen, lock } what{};
    std::chrono::seconds left{};
    bool operator==(const Closing&) const = default;
};
std::optional<Closing> closing_in(const State& state);

// ---- what the policy makes of this facility
bool self_service(const State& state);     // a patient's card with nobody signed in opens their own record
bool may_break_glass(const State& state);  // who is signed in may search
bool may_issue(const State& state);        // who is signed in may make cards here
bool second_staff_needed(const State& state);
bool may_register_id_card(const State& state);  // the policy knows who issues HPKI cards
std::size_t least_pin(const IdCard& card);      // digits, and letters where it has_letters()
std::size_t most_pin(const IdCard& card);
bool has_letters(const IdCard& card);
bool may_see_doctor(const State& state);     // staff, or whoever stands before a reader that is off
bool emergency_first(const State& state);  // the emergency face: by break-glass, or at an emergency terminal

// Granted, but not in the opened summary: this terminal does not have it yet.
model::SectionSet missing_sections(const State& state);
bool by_presented_card(const State& state);  // the summary is all that a card which proves nothing may open
bool may_see_capsule(const State& state);  // the card lies there, and what it says itself is worth a touch
bool may_see_history(const State& state);  // the patient's card lies there, unlocked
bool may_withdraw(const State& state);
bool waits_for_patient(const State& state);  // a patient's card lies there, and nothing of its tap is under way

// ---- what is to be wiped from letters and stack as well, once it is gone
bool holds_record(const State& state);  // words of a patient, or people of the region
bool holds_names(const State& state);   // of whoever has a window or whose card is made or lost: names, numbers

// Whom the job of the colleagues screen may be about. Pointers into `state`.
std::vector<const desk::Colleague*> choosable(const State& state, StaffJob::Kind kind);

}  // namespace kazashi::state
