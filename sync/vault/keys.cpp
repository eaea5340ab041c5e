#include "sync/vault/keys.h"

#include <sodium.h>

#include <cstdlib>

#include "cardio/base/log.h"

namespace kazashi::vault {

static_assert(decltype(SigningPair::secret)::size == crypto_sign_SECRETKEYBYTES);
static_assert(model::VerifyKey::size == crypto_sign_PUBLICKEYBYTES);
static_assert(decltype(SealingPair::secret)::size == crypto_box_SECRETKEYBYTES);
static_assert(model::SealKey::size == crypto_box_PUBLICKEYBYTES);

void init() {
    if (sodium_init() >= 0) return;
    base::log(base::LogLevel::error, "vault", "no random source");
    std::abort();
}

template <class K>
K random_key() {
    K key;
    randombytes_buf(key.bytes.data(), key.bytes.view().size());
    return key;
}
template DataKey random_key<DataKey>();
template CardKey random_key<CardKey>();
template WindowKey random_key<WindowKey>();
template StoreKey random_key<StoreKey>();
template SlotKey random_key<SlotKey>();
template EmergencyKey random_key<EmergencyKey>();
template CapsuleKey random_key<CapsuleKey>();
template IndexKey random_key<IndexKey>();

SigningPair make_signing_pair() {
    SigningPair pair;
    crypto_sign_keypair(pair.verify.bytes.data(), pair.secret.data());
    return pair;
}

SealingPair make_sealing_pair() {
    SealingPair pair;
    crypto_box_keypair(pair.seal.bytes.data(), pair.secret.data());
    return pair;
}

SigningPair signing_pair(base::Secret<64> secret) {
    // The whole pair is made from the seed again: an Ed25519 secret whose public half was changed would leak itself
    // with its first signature.
    SigningPair pair;
    base::Secret<crypto_sign_SEEDBYTES> seed;
    crypto_sign_ed25519_sk_to_seed(seed.data(), secret.data());
    crypto_sign_seed_keypair(pair.verify.bytes.data(), pair.secret.data(), seed.data());
    return pair;
}

SealingPair sealing_pair(base::Secret<32> secret) {
    SealingPair pair{std::move(secret), {}};
    crypto_scalarmult_base(pair.seal.bytes.data(), pair.secret.data());
    return pair;
}

}  // namespace kazashi::vault
