// The application of the My Number card that shows who holds it. Its user-authentication certificate carries no name
// and no address; the signature certificate, which does, and the number itself are never read. Source: felica.md §7.1,
// §7.2.
#pragma once

#include <array>
#include <cstdint>

#include "cardio/base/bytes.h"

namespace kazashi::protocol::jpki {

inline constexpr std::array<std::uint8_t, 10> application{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};

inline constexpr std::uint16_t certificate_file = 0x000A;  // readable without a PIN
inline constexpr std::uint16_t key_file = 0x0017;
inline constexpr std::uint16_t pin_file = 0x0018;

inline constexpr std::uint8_t pin_reference = 0x80;  // of the selected file
inline constexpr std::size_t pin_digits = 4;

// PERFORM SECURITY OPERATION with a DigestInfo; the card pads.
inline constexpr std::uint8_t sign_p1 = 0x00;
inline constexpr std::uint8_t sign_p2 = 0x80;

}  // namespace kazashi::protocol::jpki
