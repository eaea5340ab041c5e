// A Read or Write Without Encryption taken apart, for readers that want its parts instead of the frame (felica.md §3.2,
// §3.7), and the answer frame built from what they give back. Source: reference felica.md §1.4, §1.5.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cardio/protocol/felica.h"

namespace kazashi::protocol {

struct FelicaCommand {
    std::uint8_t command{};  // code::read or code::write
    card::Idm idm;
    std::vector<std::uint16_t> services;
    std::vector<base::Bytes> elements;  // of the block list, 2 or 3 octets each, as they stand in the frame
    base::Bytes data;                   // 16 octets per element of a write
};
// nullopt: another command, or a frame that does not end where it says.
std::optional<FelicaCommand> parse_command(base::ByteView frame);

// The block an element names; nullopt when it asks for more than a plain access to a service's block.
std::optional<std::uint16_t> plain_block(base::ByteView element);

base::Bytes polling_answer_frame(const card::Idm& idm, const Pmm& pmm, std::optional<std::uint16_t> system);
base::Bytes read_answer_frame(const card::Idm& idm, std::span<const card::Block> blocks);
// `rest` is everything behind the IDm: the status flags, and what follows them.
base::Bytes answer_frame(std::uint8_t command, const card::Idm& idm, base::ByteView rest);

}  // namespace kazashi::protocol
