// The transparent session of PC/SC v2 (FF C2): objects in, objects out, the card's frame in one of them.
// Source: PC/SC Part 3 supplement 2.02; reference felica.md §3.3, §3.5.
#pragma once

#include <chrono>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::protocol {

namespace tag {
inline constexpr std::uint16_t start_session = 0x81;
inline constexpr std::uint16_t end_session = 0x82;
inline constexpr std::uint16_t switch_protocol = 0x8F;
inline constexpr std::uint16_t last_bits = 0x92;
inline constexpr std::uint16_t transceive = 0x95;
inline constexpr std::uint16_t reception = 0x96;
inline constexpr std::uint16_t response = 0x97;
inline constexpr std::uint16_t status = 0xC0;
inline constexpr std::uint16_t timer = 0x5F46;  // microseconds, LE32
}  // namespace tag

inline constexpr std::uint8_t transparent_manage = 0x00;  // P2
inline constexpr std::uint8_t transparent_exchange = 0x01;
inline constexpr std::uint8_t transparent_switch = 0x02;
inline constexpr std::uint8_t protocol_felica = 0x03;

base::Bytes transparent_start();
base::Bytes transparent_end();
base::Bytes transparent_felica();
// `timeout` is how long the reader waits on air; without it some readers wait 302 µs, less than any FeliCa command.
base::Bytes transparent_exchange_apdu(base::ByteView frame, std::chrono::microseconds timeout);

// Whether the reader did what was asked: all status words, the APDU's and the C0 object's.
base::Status parse_transparent_status(base::ByteView answer);
// The card's frame. timeout: the reader worked and nothing answered.
base::Result<base::Bytes> parse_transparent_exchange(base::ByteView answer);

}  // namespace kazashi::protocol
