// From reader states to presentations: which card came, which one went. Pure, so that a swap between two looks, a
// reader that is unplugged and a restarted service can be tested without any.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cardio/card/card.h"
#include "cardio/reader/pcsc.h"
#include "cardio/reader/pcsc_monitor.h"

namespace kazashi::reader {

class Presence {
public:
    // All readers there are now, as they are now. Departures come before the arrivals that replace them.
    std::vector<MonitorEvent> look(const std::vector<ReaderWatch>& readers, base::SteadyTime at);

private:
    struct Laid {
        std::uint32_t count{};
        card::SessionNumber session{};
    };
    std::map<std::string, Laid> laid_;  // by reader
    card::SessionNumber last_session_{0};
};

}  // namespace kazashi::reader
