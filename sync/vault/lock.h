// From a card's answers to a key (design §4, §5).
#pragma once

#include "cardio/card/card.h"
#include "sync/model/feed.h"
#include "sync/vault/seal.h"

namespace kazashi::vault {

// BLAKE2b-256("kazashi/lock/1", IDm ‖ RC1 ‖ MAC1 ‖ RC2 ‖ MAC2). The region computes the same from the card key.
CardKey card_key(const card::Idm& idm, const card::Challenge& first, const card::Proof& first_answer,
                 const card::Challenge& second, const card::Proof& second_answer);

// BLAKE2b-128 under the index key: a stolen database does not tell which card a lock belongs to.
model::CardIndex card_index(const IndexKey& key, const card::Idm& idm);
// The same of an ID card: `key_hash` is the SHA-256 of its public key.
model::HolderIndex holder_index(const IndexKey& key, const card::Digest& key_hash);
// The same of an old card, which only says its number. It never meets an ID card's: the label is another.
model::HolderIndex number_index(const IndexKey& key, std::string_view number);

// The third challenge: the grant's own hash, so that the answer is evidence for this grant and no other (design §6).
card::Challenge grant_challenge(ByteView encoded_grant);
card::Challenge withdrawal_challenge(ByteView encoded_withdrawal);  // the same for taking it back

// Associated data of a package and of every wrap of its data key.
Bytes package_header(const model::PackageId& id);

Bytes seal_package(const DataKey& key, const model::PackageId& id, ByteView compressed);
Result<base::SecretBytes> open_package(const DataKey& key, const model::Package& package);

Bytes wrap(const CardKey& key, const model::PackageId& id, const DataKey& data_key);
Bytes wrap(const WindowKey& key, const model::PackageId& id, const DataKey& data_key);
Result<DataKey> unwrap(const CardKey& key, const model::PackageId& id, ByteView sealed);
Result<DataKey> unwrap(const WindowKey& key, const model::PackageId& id, ByteView sealed);
Bytes wrap(const EmergencyKey& key, const model::PackageId& id, const DataKey& data_key);
Result<DataKey> unwrap(const EmergencyKey& key, const model::PackageId& id, ByteView sealed);
Bytes wrap_for_terminal(const model::SealKey& terminal, const model::PackageId& id, const DataKey& data_key);
Result<DataKey> unwrap_facility(const SealingPair& terminal, const model::PackageId& id, ByteView sealed);

// The emergency key for one terminal, and what it opens besides wraps: pages of the name index (design §5).
Bytes seal_emergency_key(const model::SealKey& terminal, std::int64_t epoch, const EmergencyKey& key);
Result<EmergencyKey> open_emergency_key(const SealingPair& terminal, const model::EmergencyKeyWrap& wrap);
Bytes seal_names(const EmergencyKey& key, const model::NamePage& about,
                 ByteView compressed);  // `about.sealed` is not read
Result<base::SecretBytes> open_names(const EmergencyKey& key, const model::NamePage& page);

}  // namespace kazashi::vault
