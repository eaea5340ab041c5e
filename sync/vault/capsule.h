// The capsule on a card: S_PAD1 to S_PAD13, 208 octets, sealed for the region's terminals and signed by the region.
//
//    0–1    "KC"
//    2      version, 1
//    3–4    epoch of the capsule key, big-endian
//    5–7    serial, big-endian: one more each time the region makes another capsule for this card
//    8–11   salt: the serial of a region that was put back to an older state may be given twice, the nonce must not be
//    12–143 XChaCha20-Poly1305 of the facts (sync/wire/capsule.h), tag last; the nonce is BLAKE2b-192 of header and
//    IDm,
//           the associated data header and IDm
//    144–207 the region's Ed25519 signature over header, IDm and ciphertext, label "kazashi/capsule/1"
//
// The IDm is in all of it: on another card the same octets are worth nothing.
#pragma once

#include <array>
#include <vector>

#include "cardio/card/card.h"
#include "sync/model/feed.h"
#include "sync/vault/seal.h"

namespace kazashi::vault {

inline constexpr std::size_t capsule_facts_size = 116;
using CapsulePads = std::array<card::Block, 13>;  // S_PAD1 first

struct CapsuleHeader {
    std::int64_t epoch{};   // 1 … 65535
    std::int64_t serial{};  // 1 … 16777215: more writes a card does not count
    bool operator==(const CapsuleHeader&) const = default;
};
inline constexpr std::int64_t most_capsule_epochs = 0xffff;
inline constexpr std::int64_t most_capsule_serials = 0xff'ffff;

struct CapsuleEpochKey {
    std::int64_t epoch{};
    CapsuleKey key;
};

// `facts`: capsule_facts_size octets.
CapsulePads seal_capsule(const CapsuleEpochKey& key, std::int64_t serial, const card::Idm& idm, ByteView facts,
                         const SigningPair& region);

// As it says itself, nothing verified. not_found: no capsule was ever written. unsupported: a version newer than this
// program. malformed: neither.
Result<CapsuleHeader> capsule_header(const CapsulePads& pads);

// That the region made these octets for this card; whether they are its newest, only the region knows. Faults of
// capsule_header(); bad_signature: an imitation, another card's, or a write that was torn.
Result<CapsuleHeader> verify_capsule(const model::VerifyKey& region, const card::Idm& idm, const CapsulePads& pads);

// Verified first. denied "capsule_epoch N": none of the keys is of its epoch. wrong_key: the key of that epoch is not.
struct OpenedCapsule {
    CapsuleHeader header;
    base::SecretBytes facts;
};
Result<OpenedCapsule> open_capsule(const std::vector<CapsuleEpochKey>& keys, const model::VerifyKey& region,
                                   const card::Idm& idm, const CapsulePads& pads);

// The capsule key of one epoch for one terminal (or, the region's own copy, for the region).
Bytes seal_capsule_key(const model::SealKey& to, const CapsuleEpochKey& key);
Result<CapsuleEpochKey> open_capsule_key(const SealingPair& own, const model::CapsuleKeyWrap& wrap);

}  // namespace kazashi::vault
