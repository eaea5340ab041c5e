#include "cardio/protocol/triple_des.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <memory>

namespace kazashi::protocol {

namespace {

constexpr std::size_t block_size = 8;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// One context per thread: the region computes hundreds of thousands of answers in a row.
EVP_CIPHER_CTX* context() {
    thread_local const std::unique_ptr<EVP_CIPHER_CTX, FreeContext> held{EVP_CIPHER_CTX_new()};
    assert(held);
    return held.get();
}

base::Bytes encrypt(const EVP_CIPHER* cipher, const std::uint8_t* key, base::ByteView iv, base::ByteView data) {
    assert(iv.size() == block_size && data.size() % block_size == 0);
    base::Bytes out(data.size());
    int written = 0;
    EVP_CIPHER_CTX* const run = context();
    const bool done = EVP_EncryptInit_ex(run, cipher, nullptr, key, iv.data()) == 1 &&
                      EVP_CIPHER_CTX_set_padding(run, 0) == 1 &&
                      EVP_EncryptUpdate(run, out.data(), &written, data.data(), static_cast<int>(data.size())) == 1;
    EVP_CIPHER_CTX_reset(run);
    assert(done && static_cast<std::size_t>(written) == data.size());
    static_cast<void>(done);
    return out;
}

}  // namespace

base::Bytes encrypt_cbc(const base::Secret<16>& key, base::ByteView iv, base::ByteView data) {
    return encrypt(EVP_des_ede_cbc(), key.data(), iv, data);
}

base::Secret<8> cmac_two_blocks(const base::Secret<24>& key, const std::array<std::uint8_t, 16>& message) {
    const base::Bytes zero(block_size, 0);
    base::Bytes subkey = encrypt(EVP_des_ede3_cbc(), key.data(), zero, zero);
    const bool carry = (subkey[0] & 0x80U) != 0;
    for (std::size_t i = 0; i < block_size; ++i) {
        const unsigned next = i + 1 < block_size ? subkey[i + 1] >> 7U : 0U;
        subkey[i] = static_cast<std::uint8_t>((static_cast<unsigned>(subkey[i]) << 1U | next) & 0xFFU);
    }
    if (carry) subkey[block_size - 1] ^= 0x1BU;  // the polynomial of CMAC for 64-bit blocks

    base::Bytes masked(message.begin(), message.end());
    for (std::size_t i = 0; i < block_size; ++i) masked[block_size + i] ^= subkey[i];
    base::Bytes out = encrypt(EVP_des_ede3_cbc(), key.data(), zero, masked);
    base::Secret<8> mac{std::span<const std::uint8_t, 8>{out.data() + block_size, block_size}};
    base::wipe(subkey.data(), subkey.size());
    base::wipe(masked.data(), masked.size());
    base::wipe(out.data(), out.size());
    return mac;
}

}  // namespace kazashi::protocol
