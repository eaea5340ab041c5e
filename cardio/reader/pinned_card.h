// The one card a session is with, chosen by its polling: everything said from then on carries its IDm, and only its own
// answers count. Reads as many blocks at a time as card and reader can.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "cardio/protocol/felica.h"
#include "cardio/reader/patience.h"
#include "cardio/reader/transport.h"

namespace kazashi::reader {

class PinnedCard {
public:
    PinnedCard(Transport& transport, ReaderTraits& traits, const Patience& patience, protocol::Polled polled)
        : transport_{&transport}, traits_{&traits}, patience_{&patience}, polled_{polled} {}

    void go_through(Transport& transport) { transport_ = &transport; }  // of a reader that was reset

    const card::Idm& idm() const { return polled_.idm; }
    const protocol::Pmm& pmm() const { return polled_.pmm; }

    // One exchange, the reader's patience reckoned from the card's PMm. `frame` is a Read or Write to this card.
    base::Result<base::Bytes> exchange(base::ByteView frame) const;
    // With tries, and with fewer blocks at a time when the reader's buffer or the card does not hold them all; what
    // does is remembered in the traits. Errors: timeout · card_left · card_refused · malformed · limit · unsupported ·
    // reader_busy.
    base::Result<std::vector<card::Block>> read(std::uint16_t service, std::span<const std::uint16_t> blocks) const;

private:
    base::Result<std::vector<card::Block>> read_at_once(std::uint16_t service,
                                                        std::span<const std::uint16_t> blocks) const;

    Transport* transport_;
    ReaderTraits* traits_;
    const Patience* patience_;
    protocol::Polled polled_;
};

}  // namespace kazashi::reader
