// 3DES in CBC mode and CMAC over it: the only OpenSSL of this folder. All values in cipher order.
#pragma once

#include <array>
#include <cstdint>

#include "cardio/base/bytes.h"
#include "cardio/base/secret.h"

namespace kazashi::protocol {

// Two-key EDE; `iv` is 8 bytes, `data` a multiple of 8, no padding.
base::Bytes encrypt_cbc(const base::Secret<16>& key, base::ByteView iv, base::ByteView data);

// CMAC of exactly two cipher blocks under a three-key EDE key, so that only the first subkey is needed.
base::Secret<8> cmac_two_blocks(const base::Secret<24>& key, const std::array<std::uint8_t, 16>& message);

}  // namespace kazashi::protocol
