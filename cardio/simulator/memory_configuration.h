// Block MC (88h) of a Lite-S: what may be read and written, and which changes of itself it allows.
// Source: reference felica.md §2.2.
#pragma once

#include "cardio/card/card.h"

namespace kazashi::simulator {

class MemoryConfiguration {
public:
    MemoryConfiguration() = default;  // as it leaves the factory: everything open
    explicit MemoryConfiguration(const card::Block& block) : block_{block} {}
    // As a region issues its cards: S_PAD0 and the configuration frozen, S_PAD1 to S_PAD13, CK and CKV changeable with
    // MAC_A only. A Lite knows no MAC_A and none of the bytes behind RF_PRM: all of it is read-only.
    static MemoryConfiguration issued(card::Chip chip = card::Chip::lite_s);

    const card::Block& block() const { return block_; }
    bool locked() const { return block_.bytes[2] == 0x00; }  // first issuance is done
    bool frozen() const { return !bit(0, 15); }              // second issuance is done
    bool answers_ndef() const { return block_.bytes[3] == 0x01; }
    bool key_changes_with_mac() const { return block_.bytes[5] == 0x01; }
    bool state_needs_mac() const { return block_.bytes[12] == 0x01; }

    // `pad` is 0..13 for S_PAD0..13 and 14 for REG.
    bool writable(unsigned pad) const { return bit(0, pad); }
    bool read_needs_authentication(unsigned pad) const { return bit(6, pad); }
    bool write_needs_authentication(unsigned pad) const { return bit(8, pad); }
    bool write_needs_mac(unsigned pad) const { return bit(10, pad); }

    // Every change goes one way: towards less access.
    bool may_become(const card::Block& next) const;

private:
    unsigned mask(std::size_t at) const { return block_.bytes[at] | static_cast<unsigned>(block_.bytes[at + 1]) << 8U; }
    bool bit(std::size_t at, unsigned number) const { return (mask(at) >> number & 1U) != 0; }
    bool same(const card::Block& next, std::size_t from, std::size_t to) const;

    card::Block block_{{0xFF, 0xFF, 0xFF, 0x00, 0x07}};
};

}  // namespace kazashi::simulator
