// Cards for tests.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "cardio/simulator/virtual_card.h"

namespace kazashi::test {

inline simulator::CardImage image(card::CardKind kind = card::CardKind::patient, std::uint16_t region = 44,
                                  const std::string& number = "0000000001", std::uint8_t serial = 0xF6) {
    simulator::CardImage out;
    out.idm = {{0x01, 0x2E, 0x01, 0x02, 0x03, 0x04, 0x05, serial}};
    out.id = {{0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x01, 0x4E, 0x48, 0x53, 0x30, 0x30, 0x31}};
    std::copy(out.idm.bytes.begin(), out.idm.bytes.end(), out.id.bytes.begin());
    out.s_pad0 = card::make_regional_record({kind, region, number});
    for (std::uint8_t i = 0; i < 16; ++i) out.ck.data()[i] = static_cast<std::uint8_t>(0x10 + 7 * i + serial);
    return out;
}

inline std::unique_ptr<simulator::VirtualCard> virtual_card(const simulator::CardImage& from = image()) {
    return std::make_unique<simulator::VirtualCard>(from);
}

inline card::Challenge challenge(std::uint8_t seed) {
    card::Challenge out;
    for (std::uint8_t i = 0; i < 16; ++i) out.bytes[i] = static_cast<std::uint8_t>(seed + 13 * i);
    return out;
}

}  // namespace kazashi::test
