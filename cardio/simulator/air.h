// How long a real reader would take: time on air at 212 or 424 kbps, the card's own time from its PMm, and the CCID
// latency of each APDU. Zero where nothing is modelled. Source: reference felica.md §1.1, §1.2, §1.8.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "cardio/base/bytes.h"
#include "cardio/protocol/felica.h"

namespace kazashi::simulator {

struct Air {
    unsigned kbps{0};                  // 212 or 424; 0: air costs no time
    std::chrono::microseconds usb{0};  // per APDU, there and back

    // Frame and answer on their way, with preamble, sync and CRC. An answer of no octets is none.
    std::chrono::microseconds transfer(std::size_t frame, std::size_t answer) const;
};

inline constexpr std::chrono::microseconds slot_width{1208};  // of a Polling

// When the card begins to answer at the latest: the first time slot after a Polling, else what its PMm declares.
std::chrono::microseconds response_time(const protocol::Pmm& pmm, base::ByteView frame);

// "3ms", "250us"; nullopt if it is no such time of at most a second.
std::optional<std::chrono::microseconds> parse_latency(std::string_view text);

}  // namespace kazashi::simulator
