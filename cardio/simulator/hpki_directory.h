// The directory files of an HPKI application, with the numbers of the guideline's example.
// Source: ISO/IEC 7816-15; reference felica.md §7.4.
#pragma once

#include <cstdint>
#include <map>

#include "cardio/base/bytes.h"

namespace kazashi::simulator {

namespace hpki_file {  // short ids
inline constexpr std::uint8_t objects = 0x11;
inline constexpr std::uint8_t information = 0x12;
inline constexpr std::uint8_t pins = 0x13;
inline constexpr std::uint8_t keys = 0x14;
inline constexpr std::uint8_t certificates = 0x15;
inline constexpr std::uint8_t pin = 0x16;
inline constexpr std::uint8_t key = 0x17;
inline constexpr std::uint8_t certificate = 0x18;
inline constexpr std::uint8_t authority = 0x19;
}  // namespace hpki_file

// CIAInfo, OD, AOD, PrKD and CD by short id; `consent`: the key wants its PIN before every signature.
std::map<std::uint16_t, base::Bytes> hpki_directory(bool consent);

}  // namespace kazashi::simulator
