// Limits of the terminal's decisions, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace kazashi::state::tuning {

using namespace std::chrono_literals;

// A patient's record must not stay on a screen nobody looks at (guideline 6.0: clear when leaving the seat).
inline constexpr std::chrono::seconds patient_idle{90s};
// Staff sign in again after a pause; far under the 15 minutes of PCI DSS 8.2.8.
inline constexpr std::chrono::seconds staff_idle{300s};
// A PIN pad left alone goes back to the idle screen.
inline constexpr std::chrono::seconds sign_in_idle{60s};
// Long enough to read two sentences aloud to somebody.
inline constexpr std::chrono::seconds notice_shown{30s};
// Who is still reading gets a chance to touch the screen.
inline constexpr std::chrono::seconds closing_warning{15s};
// Windows end at midnight; a minute later is soon enough.
inline constexpr std::chrono::seconds tend_every{60s};

inline constexpr std::size_t pin_least{4};   // vault/slot.h
inline constexpr std::size_t pin_most{8};
inline constexpr std::size_t search_most{60};  // bytes: twenty kana, longer than any reading of a name
inline constexpr std::size_t faults_most{8};   // more than these nobody reads

}  // namespace kazashi::state::tuning
