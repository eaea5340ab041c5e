// One look at the card on one reader, for a diagnosis: can we talk to it, what is it, how many pollings are lost, how
// long does each take. Holds a transaction meanwhile; leaves the card powered and otherwise as it was.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cardio/card/profile.h"
#include "cardio/protocol/dialect.h"

namespace kazashi::reader {

struct CardLook {
    enum class Outcome {
        held,        // another program has the card, and did not let go of it in time
        silent,      // it began, and did not end in time
        gone,        // no card, or it left meanwhile
        denied,      // the service serves us, and gives us no card (polkit)
        no_contact,  // the reader could not set the card going; the detail says why
        no_felica,   // a FeliCa card, and the reader passes no frame on to it
        not_felica,  // another kind of card, which is not ours by this look
        foreign,     // a FeliCa card that is none of ours
        other_region,
        empty,  // a Lite-S card without a record
        several,
        ours,
    };
    Outcome outcome{Outcome::gone};
    std::string detail;
    bool t0{false};  // the reader speaks T=0: answers come in two pieces
    std::optional<protocol::Dialect> dialect;
    std::vector<std::chrono::microseconds> took;  // of each polling that was answered
    unsigned lost{0};                             // pollings nobody answered
};

struct CardLookLimits {
    std::chrono::milliseconds hold;     // how long somebody else's transaction is waited for
    std::chrono::milliseconds whole;    // after that
    std::chrono::milliseconds polling;  // stop polling after this long
    unsigned pollings{};
};

// A card as the region has it, or as one of `profiles` tells, is ours. Returns within `hold` and `whole`; what still
// waits for the service then is left to itself and ends with it.
CardLook look_at_card(const std::string& reader, std::optional<std::uint16_t> region,
                      std::vector<card::CardProfile> profiles, CardLookLimits limits);

}  // namespace kazashi::reader
