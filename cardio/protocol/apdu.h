// Short ISO 7816-4 APDUs and the status words PC/SC readers use for their pseudo-APDUs (class FF).
// Source: ISO/IEC 7816-4; PC/SC Part 3; reference felica.md §3.
#pragma once

#include <cstdint>
#include <optional>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::protocol {

struct CommandApdu {
    std::uint8_t cla{};
    std::uint8_t ins{};
    std::uint8_t p1{};
    std::uint8_t p2{};
    base::Bytes data;                // at most 255 bytes
    std::optional<std::uint8_t> le;  // 0 means 256
};
base::Bytes encode(const CommandApdu& apdu);
std::optional<CommandApdu> decode_command(base::ByteView bytes);  // short form only

struct ResponseApdu {
    base::Bytes data;
    std::uint16_t sw{};
};
base::Bytes encode(const ResponseApdu& apdu);
// card_left for fewer than two bytes: SCardTransmit reports success with nothing when the card is torn off.
base::Result<ResponseApdu> decode_response(base::ByteView bytes);

namespace sw {
inline constexpr std::uint16_t ok = 0x9000;
inline constexpr std::uint16_t wrong_length = 0x6700;
inline constexpr std::uint16_t not_found = 0x6A82;
}  // namespace sw

// What a status word (of the APDU, or of a transparent session's C0 object) means for an exchange with the card:
// timeout when nothing answered, unsupported when the reader does not know the command, reader_busy when another
// program owns the reader. Success is nullopt.
std::optional<base::Error> reader_fault(std::uint16_t status);

// Pseudo-APDUs.
base::Bytes get_uid();                             // FF CA 00 00 00
base::Bytes direct_command(base::ByteView frame);  // FF 00 00 00 Lc frame

// T=0 readers answer 61 xx: xx octets (0 means 256) are to be fetched with FF C0.
bool more_to_fetch(std::uint16_t status);
base::Bytes fetch(std::uint8_t size);  // FF C0 00 00 xx

// Whether this is a payment card: it answers SELECT of the payment directory with success.
base::Bytes select_payment_directory();  // 2PAY.SYS.DDF01
bool selected(std::uint16_t status);     // 90 00, or a warning, or more to fetch

}  // namespace kazashi::protocol
