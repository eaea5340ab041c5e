#include "cardio/simulator/transit_card.h"

namespace kazashi::simulator {

namespace {

constexpr std::uint16_t common_area = 0xFE00;
constexpr protocol::Pmm rc_s960{{0x0F, 0x0D, 0x23, 0x04, 0x2F, 0x77, 0x83, 0xFF}};

// So many blocks, each with its number in it.
std::vector<card::Block> blocks(std::uint8_t count) {
    std::vector<card::Block> out(count);
    for (std::uint8_t i = 0; i < count; ++i) out[i].bytes[15] = i;
    return out;
}

}  // namespace

TransitCard::TransitCard()
    : StandardCard{{{0x01, 0x01, 0x06, 0x01, 0x6A, 0x12, 0x33, 0x07}},
                   rc_s960,
                   {{protocol::system_transit, {{0x008B, blocks(1)}, {0x0048, blocks(1)}, {0x090F, blocks(20)}}},
                    {common_area, {{0x50CB, blocks(1)}}}}} {}

MoneyCard::MoneyCard()
    : StandardCard{{{0x01, 0x14, 0xB3, 0x00, 0x5C, 0x44, 0x21, 0x90}},
                   rc_s960,
                   {{common_area, {{0x110B, blocks(4)}, {0x1317, blocks(1)}, {0x170F, blocks(6)}}}}} {}

}  // namespace kazashi::simulator
