// Limits of the simulator.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kazashi::simulator::tuning {

using namespace std::chrono_literals;

inline constexpr std::uintmax_t image_file = std::uintmax_t{256} << 20U;  // 500,000 cards of 400 bytes
inline constexpr std::size_t control_line = 65536;                        // a replay of some hundred recorded answers
inline constexpr std::size_t control_clients = 16;
inline constexpr std::size_t heard = 1024;  // recorded answers per presentation
inline constexpr auto reconnect = 100ms;    // a reader service that is being started again
inline constexpr auto reader_waits = 20ms;  // for a silent card, where the program cannot say how long
inline constexpr auto message = 2s;         // the rest of a message that has begun

}  // namespace kazashi::simulator::tuning
