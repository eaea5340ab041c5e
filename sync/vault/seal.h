// Sealing and signing. Everything is libsodium: XChaCha20-Poly1305 with a random 24-byte nonce in front, sealed boxes
// (X25519), Ed25519, BLAKE2b. Every use has a label of its own, so no output can stand for another (design §5).
#pragma once

#include <string_view>

#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "sync/vault/keys.h"

namespace kazashi::vault {

using base::Bytes;
using base::ByteView;
using base::Result;

// nonce(24) ‖ ciphertext ‖ tag(16). `about` is authenticated, not encrypted.
Bytes seal(const base::Secret<32>& key, ByteView about, ByteView plain);
// wrong_key when key, associated data or bytes do not belong together.
Result<base::SecretBytes> open(const base::Secret<32>& key, ByteView about, ByteView sealed);

// `to` must be one that can be sealed to: a program that seals to another ends itself.
Bytes seal_to(const model::SealKey& to, ByteView plain);  // crypto_box_seal
// False for the few points of the curve that give everybody the same key. To be asked of every key that comes from
// outside unsigned.
bool can_seal_to(const model::SealKey& key);
Result<base::SecretBytes> open_with(const SealingPair& own, ByteView sealed);

model::Hash hash(std::string_view label, ByteView bytes);  // BLAKE2b-256(label ‖ 00 ‖ bytes)

// Ed25519 over hash(label, bytes), so that a page of 1 MiB is read once and never copied.
model::Signature sign(const SigningPair& key, std::string_view label, ByteView bytes);
bool verify(const model::VerifyKey& key, std::string_view label, ByteView bytes, const model::Signature& signature);

void random_bytes(std::uint8_t* to, std::size_t size);

}  // namespace kazashi::vault
