// The capsule of each patient's card: made from the patient's record, made again when what it says has changed, written
// by a card order (purpose capsule) when the card is met on-line.
#pragma once

#include <optional>

#include "sync/server/capsule_keys.h"

namespace kazashi::server {

// S_PAD1 to S_PAD13 of this card as they shall be. The same octets as long as facts and epoch are the same and
// tuning::capsule_life has not passed: then a new serial, and the date is of today. nullopt: a staff card has none.
Result<std::optional<vault::CapsulePads>> capsule_pads(Records& records, const RegionKeys& keys, const CardRecord& card,
                                                       model::UtcTime now);

// What a card carries, seen by the region, which knows the newest it made.
enum class CapsuleStanding { newest, older, none, damaged };  // damaged: torn, an imitation, or another card's
Result<CapsuleStanding> capsule_standing(Records& records, const RegionKeys& keys, const CardRecord& card,
                                         const vault::CapsulePads& on_card);

}  // namespace kazashi::server
