// Limits of the doctor, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kazashi::doctor::tuning {

using namespace std::chrono_literals;

// ---- time: all groups run side by side, and together they end within five seconds
inline constexpr auto whole = 4800ms;         // then what has not answered is itself a finding
inline constexpr auto service_wait = 2000ms;  // pcscd started by its socket needs about one second
inline constexpr auto card_hold = 2300ms;     // longer than our own terminal holds a card (2 s)
inline constexpr auto card_talk = 2200ms;     // with card_hold within `whole`
inline constexpr auto card_pollings = 1200ms;
inline constexpr auto line_wait = 4000ms;
inline constexpr auto store_wait = 4000ms;  // a store of some hundred MiB; a larger one is left unfinished, and said so
inline constexpr auto repair_wait = 5000ms;  // starting a service, unloading a module
inline constexpr auto look_again = 50ms;

// ---- the card
inline constexpr unsigned pollings = 24;      // one lost of ten shows surely
inline constexpr unsigned lost_percent = 10;  // the station asks three times: one of a thousand still fails
inline constexpr auto slow_polling = 90ms;    // a tap needs eleven exchanges and may take one second
// ---- the machine
inline constexpr std::uintmax_t free_least = 64U * 1024U * 1024U;  // the write-ahead file of a first sync
inline constexpr auto leftover_age = 1h;                           // younger ones may be in the making
inline constexpr auto clock_small = 2min;                          // TrustedClock::small
inline constexpr auto certificate_soon = 24h * 30;                 // time to renew it in office hours
// ---- devices
inline constexpr unsigned unpowered_hub_milliamperes = 100;  // what a hub without a supply gives each port (USB 2.0)
inline constexpr std::size_t devices = 256;

}  // namespace kazashi::doctor::tuning
