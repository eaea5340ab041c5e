// Facility, staff and card lists: JSON files as sync/demo/demo_region.h describes them. A list is taken whole or not at
// all; taking it again changes nothing.
#pragma once

#include <filesystem>
#include <vector>

#include "sync/server/card_office.h"

namespace kazashi::server {

// How many of the list were new or different.
Result<int> take_facilities(Repository& repository, const std::filesystem::path& file);
Result<int> take_staff(Repository& repository, const std::filesystem::path& file);

// Somebody who works nowhere any more: their slots go from the facility's terminals with the next page. not_found: no
// such member; denied: removed before.
Status remove_staff(Records& records, const model::StaffId& id);

// One card per number of the list, and the images the simulated cards are made from (0600: they hold card keys).
Result<int> issue_cards(Region& region, const std::filesystem::path& list, const std::filesystem::path& images);

}  // namespace kazashi::server
