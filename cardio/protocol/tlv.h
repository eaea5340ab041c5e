// BER TLV as far as PC/SC uses it: one- and two-byte tags, lengths up to 65535. Values are walked, never searched: a
// tag byte also occurs inside IDm and data.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cardio/base/bytes.h"

namespace kazashi::protocol {

struct Tlv {
    std::uint16_t tag{};
    base::ByteView value;  // into the walked bytes
};

// nullopt when the bytes do not end exactly with an object, or hold more than `max_objects`.
std::optional<std::vector<Tlv>> walk_tlv(base::ByteView bytes);
void append_tlv(base::Bytes& to, std::uint16_t tag, base::ByteView value);

inline constexpr std::size_t max_tlv_objects = 32;  // a transparent session answers with five

}  // namespace kazashi::protocol
