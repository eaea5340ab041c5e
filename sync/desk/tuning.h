// Numbers of the desk, each with its reason.
#pragma once

#include <chrono>

namespace kazashi::desk::tuning {

// One small durable write a minute: an attacker who stops the machine and turns its clock back gains at most that.
inline constexpr std::chrono::minutes clock_mark_every{1};
// A refused or withdrawn grant stays in the list long enough that whoever is back from leave still sees it.
inline constexpr std::chrono::days refused_shown{14};

}  // namespace kazashi::desk::tuning
