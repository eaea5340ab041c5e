#include "sync/vault/id_slot.h"

#include <algorithm>

#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::vault;
using base::Fault;

namespace {

const model::StaffId nurse{"0000000007"};

base::Bytes signature(std::uint8_t seed) { return base::Bytes(256, seed); }
card::Digest key_hash(std::uint8_t seed) {
    card::Digest hash;
    hash.bytes.fill(seed);
    return hash;
}

}  // namespace

TEST_CASE("id slot: the card's signature opens it, another card's or another signature does not") {
    vault::init();
    const auto store_key = random_key<StoreKey>();
    const auto slot = seal_id_slot(nurse, new_id_challenge(), key_hash(1), signature(5), store_key);
    const auto opened = open_id_slot(slot, key_hash(1), signature(5));
    REQUIRE(opened);
    CHECK(base::equal(opened->bytes.view(), store_key.bytes.view()));
    CHECK(open_id_slot(slot, key_hash(2), signature(5)).fault() == Fault::wrong_key);
    CHECK(open_id_slot(slot, key_hash(1), signature(6)).fault() == Fault::wrong_key);
    auto almost = signature(5);
    almost.back() ^= 1U;
    CHECK(open_id_slot(slot, key_hash(1), almost).fault() == Fault::wrong_key);
}

TEST_CASE("id slot: it is its owner's and of its challenge, and cannot change places") {
    vault::init();
    const auto store_key = random_key<StoreKey>();
    const auto slot = seal_id_slot(nurse, new_id_challenge(), key_hash(1), signature(5), store_key);
    auto moved = slot;
    moved.staff = model::StaffId{"0000000008"};
    CHECK(open_id_slot(moved, key_hash(1), signature(5)).fault() == Fault::wrong_key);
    auto elsewhere = slot;
    elsewhere.challenge = new_id_challenge();
    CHECK(open_id_slot(elsewhere, key_hash(1), signature(5)).fault() == Fault::wrong_key);
    auto cut = slot;
    cut.sealed_store_key.pop_back();
    CHECK_FALSE(open_id_slot(cut, key_hash(1), signature(5)));
}

TEST_CASE("id slot: no two terminals and no two challenges ask for the same signature") {
    vault::init();
    const auto challenge = new_id_challenge();
    const model::TerminalId here{"F0001-T1"};
    CHECK(id_slot_digest(here, challenge) == id_slot_digest(here, challenge));
    CHECK(id_slot_digest(here, challenge) != id_slot_digest(model::TerminalId{"F0001-T2"}, challenge));
    CHECK(id_slot_digest(here, challenge) != id_slot_digest(here, new_id_challenge()));
    CHECK(id_slot_digest(here, challenge) != holder_digest(here, challenge));
}

TEST_CASE("id slot: nothing in it says whose card opens it") {
    vault::init();
    const auto store_key = random_key<StoreKey>();
    const auto slot = seal_id_slot(nurse, new_id_challenge(), key_hash(0x5A), signature(5), store_key);
    const auto& sealed = slot.sealed_store_key;
    const auto hash = key_hash(0x5A);
    CHECK(std::search(sealed.begin(), sealed.end(), hash.bytes.begin(), hash.bytes.end()) == sealed.end());
    // Sealed twice for the same card it looks otherwise.
    CHECK(seal_id_slot(nurse, slot.challenge, hash, signature(5), store_key).sealed_store_key != sealed);
}
