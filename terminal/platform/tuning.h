// Limits of window, touch and sound, each with its reason.
#pragma once

#include <chrono>

namespace kazashi::platform::tuning {

inline constexpr int smallest_width = 640;  // below this no screen of ours can be read
inline constexpr int smallest_height = 400;
inline constexpr float drag_starts_px = 12.0F;               // ≈ 2 mm: a trembling finger still presses the button
inline constexpr int sound_rate = 22'050;                    // Hz; every tone is far below half of it
inline constexpr int sounds_waiting = 4;                     // more than this is noise, not information
inline constexpr std::chrono::seconds device_kept_open{10};  // an open device wakes a thread 40 times a second
inline constexpr std::chrono::milliseconds tone_poll{10};    // while a tone is being played
inline constexpr int tone_polls = 100;                       // a second: twice the longest tone

}  // namespace kazashi::platform::tuning
