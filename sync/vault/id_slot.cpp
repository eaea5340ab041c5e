#include "sync/vault/id_slot.h"

#include <sodium.h>

#include <utility>

#include "sync/vault/hasher.h"

namespace kazashi::vault {

namespace {

static_assert(card::Digest::size == crypto_hash_sha256_BYTES);

void add(Bytes& to, std::string_view text) {
    base::append(to, base::as_bytes(text));
    to.push_back(0);
}

SlotKey slot_key(const IdSlot& slot, const card::Digest& key_hash, ByteView signature) {
    SlotKey key;
    Hasher{"kazashi/id-slot/1", 32}
        .add(slot.salt)
        .add(slot.challenge.view())
        .add(key_hash.view())
        .add(signature)
        .finish(key.bytes.data());
    return key;
}

// Ties the sealed key to its owner: slots cannot change places in the store.
Bytes slot_header(const IdSlot& slot) {
    Bytes about;
    add(about, "kazashi/id-store-key/1");
    base::append(about, base::as_bytes(slot.staff.str()));
    return about;
}

card::Digest digest_of(std::string_view label, const model::TerminalId& terminal, const IdChallenge& challenge) {
    Bytes text;
    add(text, label);
    add(text, terminal.str());
    base::append(text, challenge.view());
    card::Digest digest;
    crypto_hash_sha256(digest.bytes.data(), text.data(), text.size());
    return digest;
}

}  // namespace

IdChallenge new_id_challenge() {
    IdChallenge challenge;
    random_bytes(challenge.bytes.data(), challenge.bytes.size());
    return challenge;
}

card::Digest id_slot_digest(const model::TerminalId& terminal, const IdChallenge& challenge) {
    return digest_of("kazashi/id-card/slot/1", terminal, challenge);
}

card::Digest holder_digest(const model::TerminalId& terminal, const IdChallenge& challenge) {
    return digest_of("kazashi/id-card/holder/1", terminal, challenge);
}

IdSlot seal_id_slot(model::StaffId staff, const IdChallenge& challenge, const card::Digest& key_hash,
                    ByteView signature, const StoreKey& store_key) {
    IdSlot slot{std::move(staff), challenge, {}, {}};
    random_bytes(slot.salt.data(), slot.salt.size());
    const auto key = slot_key(slot, key_hash, signature);
    slot.sealed_store_key = seal(key.bytes, slot_header(slot), store_key.bytes.view());
    return slot;
}

Result<StoreKey> open_id_slot(const IdSlot& slot, const card::Digest& key_hash, ByteView signature) {
    const auto key = slot_key(slot, key_hash, signature);
    KAZASHI_TRY(const auto plain, open(key.bytes, slot_header(slot), slot.sealed_store_key));
    if (plain.size() != 32) return base::Error{base::Fault::corrupt, "slot does not hold a store key"};
    return StoreKey{base::Secret<32>{plain.view().first<32>()}};
}

}  // namespace kazashi::vault
