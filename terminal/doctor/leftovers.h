// What our own programs left in the state folder when they were broken off, and the room SQLite keeps for its next
// writes: all of it can be made again. Never a store, also not one that was moved aside: it may hold unsent entries.
#pragma once

#include <cstdint>
#include <filesystem>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"

namespace kazashi::doctor {

std::uintmax_t freeable(const std::filesystem::path& state, const base::Clock& clock);  // bytes
base::Status remove_leftovers(const std::filesystem::path& state, const base::Clock& clock);

}  // namespace kazashi::doctor
