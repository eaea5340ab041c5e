// Watches readers for cards on a thread of its own, with a PC/SC context of its own (felica.md §4.2). Survives a
// stopped reader service, readers that come and go, and cards swapped faster than it looks.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "cardio/base/clock.h"
#include "cardio/card/card.h"

namespace kazashi::reader {

struct CardArrived {
    card::SessionNumber session{};  // counts presentations as the reader service sees them
    std::string reader;
    base::SteadyTime at;  // when SCardGetStatusChange returned
};
struct CardDeparted {
    card::SessionNumber session{};
};
using MonitorEvent = std::variant<card::ReaderState, CardArrived, CardDeparted>;

class PcscMonitor {
public:
    // `deliver` returns false when there is no room; the monitor then waits and tries again. `filter` is part of a
    // reader name; empty: any.
    using Deliver = std::function<bool(const MonitorEvent&)>;
    PcscMonitor(std::string filter, const base::Clock& clock, Deliver deliver);
    ~PcscMonitor();  // cancels the wait and joins
    PcscMonitor(const PcscMonitor&) = delete;
    PcscMonitor& operator=(const PcscMonitor&) = delete;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::reader
