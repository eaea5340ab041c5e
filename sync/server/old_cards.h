// Cards from before: they can be read by a card profile (cardio/card/profile.h) and only say a number. Terminals are
// told whose it is; what such a card opens is the policy's presented_sections.
#pragma once

#include "sync/server/region.h"

namespace kazashi::server {

// Into the feed, as an index under the region's key; of every member who has no such link yet, ended ones included: a
// card that was reported lost stays dead. Returns how many.
Result<int> link_old_cards(Records& records, const RegionKeys& keys);
// One patient's, also after it had ended; `undo`: it is nobody's any more. not_found: no such patient.
Status link_old_card(Records& records, const RegionKeys& keys, const std::string& number, bool undo);
// It is lost, or a new card has taken its place. False: nobody has been told whose it is.
Result<bool> end_old_card(Records& records, const RegionKeys& keys, const std::string& number);

}  // namespace kazashi::server
