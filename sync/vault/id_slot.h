// A second way to the store key for somebody who has a staff slot here: their professional ID card (HPKI). Its
// signature over this terminal's challenge is always the same, nobody else can make it, and the card makes it only with
// its PIN, whose tries it counts itself. So the signature takes the place of the staff card's answers and of the
// stretched PIN. Nothing in a slot says whose card it is: the one that opens is theirs.
#pragma once

#include <array>

#include "cardio/card/card.h"
#include "sync/vault/keys.h"
#include "sync/vault/seal.h"

namespace kazashi::vault {

using IdChallenge = base::ByteId<struct IdChallengeTag, 32>;  // random; one for all ID slots of a terminal

struct IdSlot {
    model::StaffId staff;
    IdChallenge challenge;
    std::array<std::uint8_t, 16> salt{};
    Bytes sealed_store_key;
};

IdChallenge new_id_challenge();
// What the card signs to open a slot: SHA-256 over a label of its own, the terminal and the challenge.
card::Digest id_slot_digest(const model::TerminalId& terminal, const IdChallenge& challenge);
// What a My Number card signs to show who holds it: as above, under another label. Its challenge is used once.
card::Digest holder_digest(const model::TerminalId& terminal, const IdChallenge& challenge);

// `key_hash` and `signature`: of the card's certificate, and by it over id_slot_digest(). Check that before.
IdSlot seal_id_slot(model::StaffId staff, const IdChallenge& challenge, const card::Digest& key_hash,
                    ByteView signature, const StoreKey& store_key);
// wrong_key: another card's.
Result<StoreKey> open_id_slot(const IdSlot& slot, const card::Digest& key_hash, ByteView signature);

}  // namespace kazashi::vault
