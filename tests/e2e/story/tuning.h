// Patience and limits of the story player, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace kazashi::story::tuning {

using namespace std::chrono_literals;

inline constexpr auto moment = 10s;        // for one answer of screen or card on a loaded two-core machine, debug build
inline constexpr auto next_round = 90s;    // a sync round may wait out the longest back-off of the terminal, 60 s
inline constexpr auto whole_feed = 180s;   // thousands of packages through a debug build
inline constexpr auto start = 60s;         // a cold start: fonts, shaders in software
inline constexpr auto stop = 10s;          // a program that was asked to end
inline constexpr auto quiet = 600ms;       // nothing more is drawn after an answer; longer than pcscd's 400 ms poll
inline constexpr auto press = 60ms;        // a finger stays on the glass
inline constexpr int drag_steps = 10;      // a finger that moves over the glass is seen about so often
inline constexpr auto answered = 1s;       // for a touch to be drawn; a person looks, too, before the next key
inline constexpr auto drawn = 120ms;       // no further frame: the answer to a touch stands
inline constexpr auto hand = 600ms;        // to fetch the next card; pcscd looks for cards every 400 ms
inline constexpr auto slow_pause = 120ms;  // a server on a thin line answers in bursts: so long nothing …
inline constexpr auto slow_burst = 3ms;    // … then about one page
inline constexpr auto poll = 20ms;
inline constexpr auto ask_again = 250ms;  // the region is asked by starting a program

inline constexpr std::size_t line_bytes = 4 * 1024 * 1024;       // one frame of the inspector is about 20 kB
inline constexpr std::size_t inflated_bytes = 64 * 1024 * 1024;  // one zstd frame in a stolen state folder
inline constexpr std::size_t needle_bytes = 6;  // shorter ones occur by chance in megabytes of sealed (random) bytes
inline constexpr std::size_t shut_memory = 1024 * 1024;       // more in one piece is not a secret
inline constexpr std::size_t memory_chunk = 8 * 1024 * 1024;  // read of a process's memory at a time

inline constexpr int repeated_taps = 20;   // report.json: tap_to_summary_ms.n
inline constexpr int most_exchanges = 24;  // a tap has about ten; the search for the last one stops here

}  // namespace kazashi::story::tuning
