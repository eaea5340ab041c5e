// What the command line says about card readers and cards, as the card station wants it.
#pragma once

#include "cardio/reader/station.h"
#include "terminal/app/options.h"

namespace kazashi::app {

// Reads the file of card profiles, if one is named. Errors: io · limit · malformed, with table and field.
base::Result<reader::StationOptions> station_options(const RunOptions& options, std::uint16_t region);

}  // namespace kazashi::app
