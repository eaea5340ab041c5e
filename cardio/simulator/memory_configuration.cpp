#include "cardio/simulator/memory_configuration.h"

#include <algorithm>

namespace kazashi::simulator {

MemoryConfiguration MemoryConfiguration::issued(card::Chip chip) {
    if (chip == card::Chip::lite) return MemoryConfiguration{card::Block{{0x00, 0x00, 0x00, 0x00, 0x07}}};
    // Mask 7FFEh: S_PAD0 read-only, S_PAD1..13 and REG writable, bit 15 clear. Mask 3FFEh: S_PAD1..13 with MAC_A.
    return MemoryConfiguration{card::Block{{0xFE, 0x7F, 0x00, 0x00, 0x07, 0x01, 0, 0, 0, 0, 0xFE, 0x3F, 0x01}}};
}

bool MemoryConfiguration::same(const card::Block& next, std::size_t from, std::size_t to) const {
    return std::equal(block_.bytes.begin() + static_cast<std::ptrdiff_t>(from),
                      block_.bytes.begin() + static_cast<std::ptrdiff_t>(to),
                      next.bytes.begin() + static_cast<std::ptrdiff_t>(from));
}

bool MemoryConfiguration::may_become(const card::Block& next) const {
    constexpr std::uint8_t rf_parameter = 0x07;
    const MemoryConfiguration to{next};
    if (next.bytes[4] != rf_parameter) return false;
    if (locked() && !same(next, 2, 6)) return false;
    if (next.bytes[2] != 0x00 && next.bytes[2] != 0xFF) return false;
    if (frozen() && (!same(next, 0, 2) || !same(next, 6, 13))) return false;
    if ((to.mask(0) & ~mask(0)) != 0) return false;  // read-only stays read-only
    for (const std::size_t at : {6U, 8U, 10U})
        if ((mask(at) & ~to.mask(at)) != 0) return false;  // a restriction stays
    return next.bytes[12] >= block_.bytes[12];
}

}  // namespace kazashi::simulator
