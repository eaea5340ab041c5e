// Costs and limits of the vault, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kazashi::vault::tuning {

// libsodium's INTERACTIVE: 0.1 to 0.3 s on a kiosk board, and a thief needs the staff card before a guess counts at
// all.
inline constexpr std::uint64_t pin_opslimit = 2;
inline constexpr std::uint64_t pin_memlimit = 64 * 1024 * 1024;
// A slot read from a damaged store must not ask for all the memory or the whole day.
inline constexpr std::uint64_t most_pin_opslimit = 16;
inline constexpr std::uint64_t most_pin_memlimit = 256 * 1024 * 1024;
inline constexpr std::size_t least_pin_digits = 4;
inline constexpr std::size_t most_pin_digits = 8;  // what fits on the pad's display

}  // namespace kazashi::vault::tuning
