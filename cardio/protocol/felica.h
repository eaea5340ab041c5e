// FeliCa frames: Polling, Read and Write Without Encryption. A frame begins with its LEN byte, which counts itself.
// Source: JIS X 6319-4; reference felica.md §1.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/card/card.h"

namespace kazashi::protocol {

using Pmm = base::ByteId<struct PmmTag, 8>;  // ROM type, IC type, six response-time bytes

inline constexpr std::size_t max_frame = 255;
inline constexpr std::size_t block_size = 16;

inline constexpr std::uint16_t system_lite_s = 0x88B4;
inline constexpr std::uint16_t system_transit = 0x0003;  // the Suica family
inline constexpr std::uint16_t system_money = 0xFE00;    // the common area: electronic money
inline constexpr std::uint16_t system_any = 0xFFFF;
inline constexpr std::uint16_t service_read_write = 0x0009;
inline constexpr std::uint16_t service_read_only = 0x000B;

namespace code {  // an answer's code is its command's plus one
inline constexpr std::uint8_t polling = 0x00;
inline constexpr std::uint8_t read = 0x06;
inline constexpr std::uint8_t write = 0x08;
}  // namespace code

// Status flag 2. Flag 1 is only "zero or not": its two encodings cannot be told apart.
namespace flag2 {
inline constexpr std::uint8_t rewrite_limit = 0x71;  // a warning: the data was written
inline constexpr std::uint8_t services = 0xA1;       // number of services out of range
inline constexpr std::uint8_t blocks = 0xA2;         // number of blocks out of range
inline constexpr std::uint8_t service_index = 0xA3;
inline constexpr std::uint8_t attribute = 0xA4;  // write to a read-only service
inline constexpr std::uint8_t access = 0xA5;
inline constexpr std::uint8_t no_service = 0xA6;
inline constexpr std::uint8_t mode = 0xA7;
inline constexpr std::uint8_t block_number = 0xA8;
inline constexpr std::uint8_t needs_authentication = 0xB1;  // Lite-S
inline constexpr std::uint8_t mac_a = 0xB2;                 // Lite-S: MAC or WCNT mismatch, or no RC since power-up
}  // namespace flag2

enum class PollRequest : std::uint8_t { nothing = 0x00, system_code = 0x01 };
enum class TimeSlots : std::uint8_t { one = 0x00, two = 0x01, four = 0x03, eight = 0x07, sixteen = 0x0F };

base::Bytes polling_frame(std::uint16_t system, PollRequest request, TimeSlots slots);
base::Bytes read_frame(const card::Idm& idm, std::uint16_t service, std::span<const std::uint8_t> blocks);
// Blocks beyond 255 take an octet more each; at most 15 blocks.
base::Bytes read_frame(const card::Idm& idm, std::uint16_t service, std::span<const std::uint16_t> blocks);
// `data` is 16 bytes per block.
base::Bytes write_frame(const card::Idm& idm, std::uint16_t service, std::span<const std::uint8_t> blocks,
                        base::ByteView data);

struct Polled {
    card::Idm idm;
    Pmm pmm;
    std::optional<std::uint16_t> request_data;  // some cards leave it out even when asked
};

// Errors: card_left (fewer than two bytes) · malformed (a length, code or IDm that is not the one expected) ·
// card_refused (a status flag; the detail names it).
base::Result<Polled> parse_polling(base::ByteView frame);
base::Result<std::vector<card::Block>> parse_read(base::ByteView frame, const card::Idm& idm, std::size_t blocks);
base::Status parse_write(base::ByteView frame, const card::Idm& idm);
// Whether this is an answer of this card to this command, whatever its status flags say.
base::Status check_answerer(base::ByteView frame, std::uint8_t command, const card::Idm& idm);

// Whether the card refused because of the number of blocks: fewer at a time may do.
bool too_many_blocks(base::ByteView frame);

// What a card of the system 88B4 can do, by its IC type: F0 is Lite, all others are Lite-S.
card::Chip chip_of(const Pmm& pmm);

// The upper nibble of the first byte is the system number: one card answers with one IDm per system.
bool same_card(const card::Idm& a, const card::Idm& b);

// The longest the card may take to begin its answer, from its PMm (felica.md §1.8).
std::chrono::microseconds response_budget(const Pmm& pmm, std::uint8_t command, std::size_t blocks);
// Time on air of a frame and its answer at 212 kbps.
std::chrono::microseconds air_time(std::size_t bytes);

}  // namespace kazashi::protocol
