// Looks for a FeliCa card through a reader nothing is known of yet. The dialects are tried in an order of their own:
//
//   direct       one APDU a frame; refused at once by all who do not know it
//   pn532        inside the same APDU, so only after it: an ACR122U refuses the frame of "direct" and nothing is lost
//   transparent  opens a session in the reader, which must be closed again
//   identiv      asks the card what a Polling would have told
//   plain        works with nearly every reader and proves nothing: only where all others were refused
//
// A dialect counts as found when a card has answered in it. Silence is not enough: the card may be held badly, and many
// readers say the same to what they do not understand.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "cardio/protocol/felica.h"
#include "cardio/reader/patience.h"
#include "cardio/reader/transport.h"

namespace kazashi::reader {

struct FoundCard {
    std::uint16_t asked{};  // the system code that was polled for
    protocol::Polled card;
    bool is_lite() const;  // of the system 88B4, whichever was asked for
};

base::Result<protocol::Polled> poll(Transport& transport, std::uint16_t system,
                                    protocol::TimeSlots slots = protocol::TimeSlots::four);

class CardSearch {
public:
    // Both must outlive the search; `traits.dialect` is tried first if it is known, and filled in.
    CardSearch(ApduLink& link, ReaderTraits& traits) : link_{link}, traits_{traits} {}

    // nullopt: readers were asked, no card answered. Errors: card_left · reader_busy · reader_off · io.
    base::Result<std::optional<FoundCard>> find(const Patience& patience);
    std::unique_ptr<Transport> take_transport() { return std::move(transport_); }  // of the card found

private:
    base::Result<std::optional<FoundCard>> find_in(protocol::Dialect dialect);

    ApduLink& link_;
    ReaderTraits& traits_;
    std::unique_ptr<Transport> transport_;
    bool all_refused_{false};  // so far in this round
};

// A card of 88B4 first, so that ours is found among others; else any. Through one transport. timeout: no card.
base::Result<FoundCard> find_through(Transport& transport);

}  // namespace kazashi::reader
