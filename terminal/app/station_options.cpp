#include "terminal/app/station_options.h"

#include <utility>

#include "terminal/app/card_profiles.h"

namespace kazashi::app {

base::Result<reader::StationOptions> station_options(const RunOptions& options, std::uint16_t region) {
    KAZASHI_TRY(auto profiles, read_profiles(options.profiles));
    return reader::StationOptions{options.reader, region, std::move(profiles), options.libnfc};
}

}  // namespace kazashi::app
