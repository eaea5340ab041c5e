// DER as far as ID cards use it in their directory files: one-byte tags, definite lengths up to 65535. Read front to
// back, each part within its whole; nothing is copied. Certificates are read by certificate.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cardio/base/bytes.h"

namespace kazashi::protocol {

struct DerObject {
    std::uint8_t tag{};
    base::ByteView value;  // into the bytes that were read
};

namespace der {
inline constexpr std::uint8_t boolean = 0x01;
inline constexpr std::uint8_t octets = 0x04;
inline constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t context(unsigned number, bool constructed) {
    return static_cast<std::uint8_t>(0x80U | (constructed ? 0x20U : 0U) | number);
}
inline constexpr std::size_t most_objects = 64;  // a directory file of a card has under ten
}  // namespace der

// How long the object is that begins here, header included; nullopt when these bytes begin none. Four are enough.
std::optional<std::size_t> der_size(base::ByteView begin);
// nullopt when the bytes do not end exactly with an object, or hold more than der::most_objects.
std::optional<std::vector<DerObject>> read_der(base::ByteView bytes);
// The same for a card's file: it ends at the first filler (00 or FF) behind its objects.
std::optional<std::vector<DerObject>> read_der_file(base::ByteView bytes);

}  // namespace kazashi::protocol
