// Limits of the running program, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace kazashi::app::tuning {

using namespace std::chrono_literals;

// ---- queues
inline constexpr std::size_t inbox_messages = 256;  // a tap makes 8; more means that the loop stands still
inline constexpr std::size_t desk_orders = 64;      // one tap has at most one order open; the rest are ticks
inline constexpr auto told_again = 20ms;            // a full inbox is emptied within one frame

// ---- sync
inline constexpr auto round_every = 30s;  // screens.md wants the line's state to be half a minute true
inline constexpr auto retry_most = 10s;   // a line that comes back is used before anybody looks up

inline constexpr std::size_t ledger_at_once = 256;  // entries read from the store
inline constexpr std::size_t pushed_at_once = 64;   // entries of the largest size stay well below one push

inline constexpr std::size_t doctor_line_bytes = 64 * 1024;  // of a group with more findings than there are

// ---- drawing
inline constexpr int frames_after_input = 3;   // ImGui spreads move, press and release over three frames
inline constexpr int frames_after_event = 2;   // sizes measured in the first are used in the second
inline constexpr auto tap_patience = 80ms;     // a tap on a fast reader ends before; no frame is drawn for it
inline constexpr auto progress_every = 100ms;  // a counter that runs faster cannot be read
inline constexpr auto demo_clock_every = 1s;   // how soon a demonstration sees its clock move
inline constexpr int redraws = 3;              // a page of letters too small for one screen is a bug

// ---- memory
inline constexpr std::size_t stack_scrubbed = 256 * 1024;  // deeper than any of our call chains that touch a summary

// ---- inspector (demonstration only)
inline constexpr std::size_t inspector_clients = 4;
inline constexpr std::size_t inspector_lines_waiting = 256;  // a client that far behind has stopped reading
inline constexpr std::size_t inspector_request_bytes = 4096;
inline constexpr auto inspector_hold_most = 5s;

// ---- enrolment
inline constexpr int staff_cards_most = 64;
inline constexpr std::size_t profiles_file = 64 * 1024;  // a profile has about 300 bytes
inline constexpr auto reader_wait = 10s;  // pcscd started by its socket needs about one
inline constexpr auto card_wait = 5min;   // to fetch somebody with their card
inline constexpr auto proof_wait = 10s;
inline constexpr std::size_t enrol_events = 64;
inline constexpr std::size_t pin_line_bytes = 64;  // a longer line is not a PIN
inline constexpr std::size_t pin_least = 4;        // vault/slot.h
inline constexpr std::size_t pin_most = 8;

inline constexpr std::size_t card_line_tasks = 4;  // one turn at a time; the rest is room for a new order

}  // namespace kazashi::app::tuning
