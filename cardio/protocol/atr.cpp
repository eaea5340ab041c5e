#include "cardio/protocol/atr.h"

#include <array>
#include <cassert>

namespace kazashi::protocol {

namespace {

// Category indicator, application identifier tag, its length, the RID of the PC/SC workgroup.
constexpr std::array<std::uint8_t, 8> storage_prefix{0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06};
constexpr std::size_t storage_size = 15;
constexpr std::uint8_t standard_felica = 0x11;

std::uint8_t check_byte(base::ByteView from_t0) {
    std::uint8_t sum = 0;
    for (const auto byte : from_t0) sum ^= byte;
    return sum;
}

base::Bytes contactless_atr(base::ByteView historical) {
    assert(historical.size() <= 15);
    base::Bytes atr{0x3B, static_cast<std::uint8_t>(0x80U | historical.size()), 0x80, 0x01};
    base::append(atr, historical);
    atr.push_back(check_byte(base::ByteView{atr}.subspan(1)));
    return atr;
}

// The historical bytes of 3B 8n 80 01 … TCK, the form every contactless reader builds.
std::optional<base::ByteView> historical_bytes(base::ByteView atr) {
    if (atr.size() < 5 || atr[0] != 0x3B || (atr[1] & 0xF0U) != 0x80U || atr[2] != 0x80 || atr[3] != 0x01)
        return std::nullopt;
    const std::size_t count = atr[1] & 0x0FU;
    if (atr.size() != 5 + count || check_byte(atr.subspan(1)) != 0) return std::nullopt;
    return atr.subspan(4, count);
}

bool names_felica(base::ByteView historical) {
    const std::uint8_t standard = historical[8];
    const auto name = static_cast<std::uint16_t>(historical[9] << 8U | historical[10]);
    // 003B is "FeliCa"; F011 and F012 are how one reader family writes 212 and 424 kbps.
    return standard == standard_felica || name == 0x003B || name == 0xF011 || name == 0xF012;
}

}  // namespace

CardFamily card_family(base::ByteView atr) {
    const auto historical = historical_bytes(atr);
    if (!historical) return CardFamily::unrecognised;
    const bool storage =
        historical->size() == storage_size && base::equal(historical->first(storage_prefix.size()), storage_prefix);
    if (!storage) return CardFamily::iso14443_4;
    return names_felica(*historical) ? CardFamily::felica : CardFamily::storage;
}

base::Bytes felica_atr() {
    base::Bytes historical(storage_prefix.begin(), storage_prefix.end());
    base::append(historical, std::array<std::uint8_t, 7>{standard_felica, 0x00, 0x3B, 0, 0, 0, 0});
    return contactless_atr(historical);
}

base::Bytes iso14443_4_atr(base::ByteView historical) { return contactless_atr(historical); }

}  // namespace kazashi::protocol
