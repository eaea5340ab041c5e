// Numbers of the desk, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace kazashi::desk::tuning {

// One small durable write a minute: an attacker who stops the machine and turns its clock back gains at most that.
inline constexpr std::chrono::minutes clock_mark_every{1};
// A refused or withdrawn grant stays in the list long enough that whoever is back from leave still sees it.
inline constexpr std::chrono::days refused_shown{14};
// Entries the region has confirmed stay here for a year and a month, for whoever looks back over the last year on the
// spot; the region keeps them for good.
inline constexpr std::chrono::days ledger_kept{396};
// The patient's own look at their record or history: long enough to read, and the card must be there anyway.
inline constexpr std::chrono::minutes self_view{10};
// One or two digits of a telephone number are in everybody's.
inline constexpr std::size_t least_phone_digits = 3;
// Towns to choose an address from by touch: Usuki has some 90 oaza; more than this is no longer a choice.
inline constexpr std::size_t most_places = 200;

}  // namespace kazashi::desk::tuning
