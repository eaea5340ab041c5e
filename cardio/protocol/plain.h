// The least that every reader of FeliCa cards does, Sony's among them: GET DATA, and one block at a time after a SELECT
// of its service. A MAC must be read together with its data, so nothing can be proved this way. Source: reference
// felica.md §3.2.
#pragma once

#include <cstdint>

#include "cardio/protocol/felica.h"

namespace kazashi::protocol {

base::Bytes get_pmm();                              // FF CA 01 00 00; other readers mean something else by it
base::Bytes select_service(std::uint16_t service);  // FF A4 00 01 02, low octet first
base::Bytes read_one_block(std::uint8_t block);     // FF B0 00 blk 00

// Eight octets and nothing else are an IDm or PMm. unsupported otherwise.
base::Result<card::Idm> parse_idm(base::ByteView answer);
base::Result<Pmm> parse_pmm(base::ByteView answer);
base::Result<card::Block> parse_one_block(base::ByteView answer);

}  // namespace kazashi::protocol
