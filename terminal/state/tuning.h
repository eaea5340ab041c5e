// Limits of the terminal's decisions, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace kazashi::state::tuning {

using namespace std::chrono_literals;

// How long a patient's screen and a signed-in terminal stay untouched, and how long before it is said, is the policy's.
// A PIN pad left alone goes back to the idle screen.
inline constexpr std::chrono::seconds sign_in_idle{60s};
// Long enough to read two sentences aloud to somebody.
inline constexpr std::chrono::seconds notice_shown{30s};
// Windows end at midnight; a minute later is soon enough.
inline constexpr std::chrono::seconds tend_every{60s};

inline constexpr std::size_t pin_least{4};  // vault/slot.h
inline constexpr std::size_t pin_most{8};
inline constexpr std::size_t my_number_pin{4};   // of the user-authentication key: always four digits
inline constexpr std::size_t hpki_pin_least{4};  // cardio/protocol/hpki.h
inline constexpr std::size_t hpki_pin_most{16};
inline constexpr std::size_t search_most{60};  // bytes: twenty kana, longer than any reading of a name
inline constexpr std::size_t born_least{4};    // a year; fewer digits would find half the town
inline constexpr std::size_t born_most{8};     // 19410302
inline constexpr std::size_t phone_least{3};   // desk.h
inline constexpr std::size_t phone_most{11};   // 09012345678
inline constexpr std::size_t people_most{50};  // who is not among so many is found by another letter
inline constexpr std::size_t faults_most{8};   // more than these nobody reads

inline constexpr std::size_t card_number = 10;  // digits of a regional id and of a staff number

}  // namespace kazashi::state::tuning
