// The status words virtual readers and cards answer with. Source: PC/SC Part 3; ISO/IEC 7816-4; felica.md §3.2.
#pragma once

#include <cstdint>

#include "cardio/protocol/apdu.h"

namespace kazashi::simulator {

namespace word {
inline constexpr std::uint16_t ok = 0x9000;
inline constexpr std::uint16_t no_answer = 0x6300;  // the card was silent
inline constexpr std::uint16_t card_error = 0x6400;
inline constexpr std::uint16_t wrong_length = 0x6700;
inline constexpr std::uint16_t no_security = 0x6982;
inline constexpr std::uint16_t method_refused = 0x6983;  // by an HPKI card
inline constexpr std::uint16_t blocked = 0x6984;
inline constexpr std::uint16_t no_session = 0x6985;
inline constexpr std::uint16_t wrong_data = 0x6A80;
inline constexpr std::uint16_t not_supported = 0x6A81;
inline constexpr std::uint16_t not_found = 0x6A82;
inline constexpr std::uint16_t wrong_parameters = 0x6A86;
inline constexpr std::uint16_t beyond_end = 0x6B00;
inline constexpr std::uint16_t unknown_instruction = 0x6D00;
inline constexpr std::uint16_t unknown_class = 0x6E00;
}  // namespace word

inline base::Bytes status(std::uint16_t sw) { return encode(protocol::ResponseApdu{{}, sw}); }
inline base::Bytes success(base::ByteView data) {
    return encode(protocol::ResponseApdu{{data.begin(), data.end()}, word::ok});
}

}  // namespace kazashi::simulator
