// An ISO 7816-4 command as a card takes it apart: short or extended. Source: ISO/IEC 7816-4 §5.
#pragma once

#include <cstdint>
#include <optional>

#include "cardio/base/bytes.h"

namespace kazashi::simulator {

namespace instruction {
inline constexpr std::uint8_t verify = 0x20;
inline constexpr std::uint8_t manage_security = 0x22;
inline constexpr std::uint8_t perform_security = 0x2A;
inline constexpr std::uint8_t select = 0xA4;
inline constexpr std::uint8_t read_binary = 0xB0;
inline constexpr std::uint8_t get_response = 0xC0;
}  // namespace instruction

struct IsoCommand {
    std::uint8_t cla{};
    std::uint8_t ins{};
    std::uint8_t p1{};
    std::uint8_t p2{};
    base::Bytes data;
    std::size_t le{0};  // octets asked for, 256 or 65536 for "as many as there are"; 0: none
    bool extended{false};
};
std::optional<IsoCommand> take_apart_apdu(base::ByteView bytes);  // nullopt: lengths that do not fit

}  // namespace kazashi::simulator
