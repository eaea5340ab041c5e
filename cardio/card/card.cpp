#include "cardio/card/card.h"

#include <algorithm>
#include <cassert>

namespace kazashi::card {

namespace {

constexpr std::size_t digits = 10;
constexpr std::uint8_t version = 0x01;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<RegionalRecord> parse_regional_record(const Block& s_pad0) {
    const auto& bytes = s_pad0.bytes;
    if (bytes[0] != 'K' || bytes[1] != 'Z' || bytes[2] != version) return std::nullopt;
    if (bytes[3] != 'P' && bytes[3] != 'S') return std::nullopt;
    RegionalRecord record;
    record.kind = bytes[3] == 'P' ? CardKind::patient : CardKind::staff;
    record.region = static_cast<std::uint16_t>(bytes[4] << 8U | bytes[5]);
    record.number.assign(bytes.begin() + 6, bytes.end());
    if (!std::all_of(record.number.begin(), record.number.end(), is_digit)) return std::nullopt;
    return record;
}

Block make_regional_record(const RegionalRecord& record) {
    assert(record.number.size() == digits && std::all_of(record.number.begin(), record.number.end(), is_digit));
    Block block;
    block.bytes = {'K', 'Z', version};
    block.bytes[3] = record.kind == CardKind::patient ? 'P' : 'S';
    block.bytes[4] = static_cast<std::uint8_t>(record.region >> 8U);
    block.bytes[5] = static_cast<std::uint8_t>(record.region & 0xFFU);
    std::copy(record.number.begin(), record.number.end(), block.bytes.begin() + 6);
    return block;
}

}  // namespace kazashi::card
