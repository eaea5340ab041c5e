#include "cardio/protocol/memory_rules.h"

namespace kazashi::protocol {

namespace {

constexpr std::size_t all = 2;
constexpr std::size_t rf_parameter = 4;
constexpr std::size_t key_with_mac = 5;
constexpr std::size_t read_needs = 6;
constexpr std::size_t write_needs = 8;
constexpr std::size_t write_with_mac = 10;
constexpr std::size_t state_with_mac = 12;
constexpr std::uint8_t open = 0xFF;
constexpr std::uint8_t closed = 0x00;
constexpr std::uint8_t rf_always = 0x07;
constexpr unsigned changeable = 0x8000;  // bit 15: MC itself
constexpr unsigned s_pad0 = 0x0001;
constexpr unsigned other_pads = 0x3FFE;
constexpr unsigned all_pads = 0x3FFF;
constexpr unsigned pads_and_reg = 0x7FFF;

unsigned mask(const card::Block& block, std::size_t at) {
    return block.bytes.at(at) | static_cast<unsigned>(block.bytes.at(at + 1)) << 8U;
}
void put_mask(card::Block& block, std::size_t at, unsigned value) {
    block.bytes.at(at) = static_cast<std::uint8_t>(value & 0xFFU);
    block.bytes.at(at + 1) = static_cast<std::uint8_t>(value >> 8U);
}

bool is_lite(card::Chip chip) { return chip == card::Chip::lite; }

}  // namespace

card::Block locked_configuration(const card::Block& now, card::Chip chip) {
    auto next = now;
    if (!is_lite(chip)) next.bytes[key_with_mac] = 1;
    next.bytes[all] = closed;
    return next;
}

card::Block restricted_configuration(const card::Block& now, card::Chip chip) {
    auto next = now;
    put_mask(next, 0, mask(now, 0) & ~(is_lite(chip) ? pads_and_reg : s_pad0));
    if (is_lite(chip)) return next;
    put_mask(next, write_with_mac, mask(now, write_with_mac) | other_pads);
    next.bytes[state_with_mac] = 1;
    return next;
}

card::Block frozen_configuration(const card::Block& now) {
    auto next = now;
    put_mask(next, 0, mask(now, 0) & ~changeable);
    return next;
}

bool is_factory_open(const card::Block& mc) { return mc.bytes[all] == open; }
bool is_anyhow_locked(const card::Block& mc) { return mc.bytes[all] == closed; }
bool is_locked(const card::Block& mc, card::Chip chip) {
    return is_anyhow_locked(mc) && (is_lite(chip) || mc.bytes[key_with_mac] == 1);
}
bool is_frozen(const card::Block& mc) { return (mask(mc, 0) & changeable) == 0; }
bool has_usual_radio(const card::Block& mc) { return mc.bytes[rf_parameter] == rf_always; }
bool wants_mac(const card::Block& mc, unsigned pad) { return (mask(mc, write_with_mac) >> pad & 1U) != 0; }

bool is_open(const card::Block& mc, card::Chip chip) {
    if ((mask(mc, 0) & (all_pads | changeable)) != (all_pads | changeable)) return false;
    return is_lite(chip) || (mask(mc, read_needs) == 0 && mask(mc, write_needs) == 0 && mask(mc, write_with_mac) == 0 &&
                             mc.bytes[state_with_mac] == 0);
}

bool is_restricted(const card::Block& mc, card::Chip chip) {
    if (is_lite(chip)) return (mask(mc, 0) & pads_and_reg) == 0;
    return (mask(mc, 0) & all_pads) == other_pads && mask(mc, read_needs) == 0 && mask(mc, write_needs) == 0 &&
           mask(mc, write_with_mac) == other_pads && mc.bytes[state_with_mac] == 1;
}

}  // namespace kazashi::protocol
