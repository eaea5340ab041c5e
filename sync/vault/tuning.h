// Costs and limits of the vault, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kazashi::vault::tuning {

// What one try of a PIN should take. Staff wait for it at the start of a shift only; a thief who has the staff card
// waits for it at every guess.
inline constexpr std::chrono::milliseconds pin_time{250};
// The least of it, however slow the machine: libsodium's INTERACTIVE. The memory is never more, so that a kiosk board
// with 1 GB signs in beside everything else; a faster machine makes more passes.
inline constexpr std::uint64_t pin_opslimit = 2;
inline constexpr std::uint64_t pin_memlimit = 64 * 1024 * 1024;
// A slot read from a damaged store must not ask for all the memory or the whole day.
inline constexpr std::uint64_t most_pin_opslimit = 16;
inline constexpr std::uint64_t most_pin_memlimit = 256 * 1024 * 1024;
inline constexpr std::size_t least_pin_digits = 4;
inline constexpr std::size_t most_pin_digits = 8;  // what fits on the pad's display

}  // namespace kazashi::vault::tuning
