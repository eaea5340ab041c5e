// BLAKE2b over several parts without gluing them together first: the parts may be secret, and the state is wiped.
#pragma once

#include <sodium.h>

#include <string_view>

#include "cardio/base/bytes.h"
#include "cardio/base/secret.h"

namespace kazashi::vault {

class Hasher {
public:
    // label ‖ 00 comes first: a label never runs into what follows it.
    Hasher(std::string_view label, std::size_t out_size, base::ByteView key = {}) : out_size_{out_size} {
        crypto_generichash_init(&state_, key.empty() ? nullptr : key.data(), key.size(), out_size);
        add(base::as_bytes(label));
        static constexpr std::uint8_t end = 0;
        crypto_generichash_update(&state_, &end, 1);
    }
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;
    ~Hasher() { base::wipe(&state_, sizeof state_); }

    Hasher& add(base::ByteView part) {
        crypto_generichash_update(&state_, part.data(), part.size());
        return *this;
    }
    // `to` has the size given at the beginning.
    void finish(std::uint8_t* to) { crypto_generichash_final(&state_, to, out_size_); }

private:
    crypto_generichash_state state_{};
    std::size_t out_size_;
};

}  // namespace kazashi::vault
