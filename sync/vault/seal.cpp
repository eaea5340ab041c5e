#include "sync/vault/seal.h"

#include <sodium.h>

#include <array>

#include "sync/vault/hasher.h"

namespace kazashi::vault {

namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(base::Secret<32>::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(model::Signature::size == crypto_sign_BYTES);

base::Error wrong_key() { return {base::Fault::wrong_key, "seal does not open"}; }

}  // namespace

Bytes seal(const base::Secret<32>& key, ByteView about, ByteView plain) {
    Bytes sealed(nonce_size + plain.size() + tag_size);
    randombytes_buf(sealed.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_size, nullptr, plain.data(), plain.size(),
                                               about.data(), about.size(), nullptr, sealed.data(), key.data());
    return sealed;
}

Result<base::SecretBytes> open(const base::Secret<32>& key, ByteView about, ByteView sealed) {
    if (sealed.size() < nonce_size + tag_size) return wrong_key();
    base::SecretBytes plain{sealed.size() - nonce_size - tag_size};
    const auto body = sealed.subspan(nonce_size);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, body.data(), body.size(),
                                                   about.data(), about.size(), sealed.data(), key.data()) != 0) {
        return wrong_key();
    }
    return plain;
}

Bytes seal_to(const model::SealKey& to, ByteView plain) {
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    [[maybe_unused]] const int failed = crypto_box_seal(sealed.data(), plain.data(), plain.size(), to.bytes.data());
    assert(failed == 0);  // can_seal_to() was not asked
    return sealed;
}

bool can_seal_to(const model::SealKey& key) {
    static constexpr std::array<std::uint8_t, crypto_scalarmult_SCALARBYTES> any{1};
    std::array<std::uint8_t, crypto_scalarmult_BYTES> shared;
    return crypto_scalarmult(shared.data(), any.data(), key.bytes.data()) == 0;
}

Result<base::SecretBytes> open_with(const SealingPair& own, ByteView sealed) {
    if (sealed.size() < crypto_box_SEALBYTES) return wrong_key();
    base::SecretBytes plain{sealed.size() - crypto_box_SEALBYTES};
    if (crypto_box_seal_open(plain.data(), sealed.data(), sealed.size(), own.seal.bytes.data(), own.secret.data()) !=
        0) {
        return wrong_key();
    }
    return plain;
}

model::Hash hash(std::string_view label, ByteView bytes) {
    model::Hash digest;
    Hasher{label, model::Hash::size}.add(bytes).finish(digest.bytes.data());
    return digest;
}

model::Signature sign(const SigningPair& key, std::string_view label, ByteView bytes) {
    const auto digest = hash(label, bytes);
    model::Signature signature;
    crypto_sign_detached(signature.bytes.data(), nullptr, digest.bytes.data(), model::Hash::size, key.secret.data());
    return signature;
}

bool verify(const model::VerifyKey& key, std::string_view label, ByteView bytes, const model::Signature& signature) {
    const auto digest = hash(label, bytes);
    return crypto_sign_verify_detached(signature.bytes.data(), digest.bytes.data(), model::Hash::size,
                                       key.bytes.data()) == 0;
}

void random_bytes(std::uint8_t* to, std::size_t size) { randombytes_buf(to, size); }

}  // namespace kazashi::vault
