#include "sync/vault/capsule.h"

#include <set>

#include "tests/catch.h"

using namespace kazashi;
using base::Bytes;
using base::Fault;

namespace {

const card::Idm own_idm{{0x01, 0x2E, 0x01, 0x02, 0x03, 0x04, 0x05, 0xF6}};
const card::Idm other_idm{{0x01, 0x2E, 0x01, 0x02, 0x03, 0x04, 0x05, 0xF7}};

struct Made {
    vault::SigningPair region = vault::make_signing_pair();
    std::vector<vault::CapsuleEpochKey> keys;
    Bytes facts = Bytes(vault::capsule_facts_size, 0x5a);

    Made() {
        vault::init();
        keys.push_back({3, vault::random_key<vault::CapsuleKey>()});
        keys.push_back({2, vault::random_key<vault::CapsuleKey>()});
    }
    vault::CapsulePads pads(std::int64_t serial = 7) const {
        return vault::seal_capsule(keys.front(), serial, own_idm, facts, region);
    }
    auto open(const vault::CapsulePads& pads, const card::Idm& idm = own_idm) const {
        return vault::open_capsule(keys, region.verify, idm, pads);
    }
    Fault fault(const vault::CapsulePads& pads, const card::Idm& idm = own_idm) const {
        const auto opened = open(pads, idm);
        REQUIRE_FALSE(opened);
        return opened.fault();
    }
};

}  // namespace

TEST_CASE("capsule: sealed, it comes back from its own card with epoch and serial") {
    const Made made;
    const auto opened = made.open(made.pads());
    REQUIRE(opened);
    CHECK(opened->header == vault::CapsuleHeader{3, 7});
    CHECK(base::equal(opened->facts.view(), made.facts));
    CHECK(*vault::capsule_header(made.pads(8)) == vault::CapsuleHeader{3, 8});
}

TEST_CASE("capsule: every flipped bit of the 208 octets is found") {
    const Made made;
    const auto whole = made.pads();
    for (std::size_t bit = 0; bit < whole.size() * 128; ++bit) {
        auto pads = whole;
        pads[bit / 128].bytes[bit / 8 % 16] ^= static_cast<std::uint8_t>(1U << bit % 8);
        CHECK_FALSE(made.open(pads));
    }
}

TEST_CASE("capsule: a write torn after any block, in any order of old and new, is found") {
    const Made made;
    const auto before = made.pads(7);
    const auto after = made.pads(8);
    for (std::size_t written = 1; written < before.size(); ++written) {
        auto from_the_end = before;
        auto from_the_front = before;
        for (std::size_t i = 0; i < written; ++i) {
            from_the_end[before.size() - 1 - i] = after[before.size() - 1 - i];
            from_the_front[i] = after[i];
        }
        CHECK(made.fault(from_the_end) == Fault::bad_signature);
        CHECK(made.fault(from_the_front) == Fault::bad_signature);
        // The header alone says nothing: whichever of the two it is, the octets behind it do not fit.
        CHECK(vault::capsule_header(from_the_end)->serial == 7);
        auto on_a_new_card = vault::CapsulePads{};
        for (std::size_t i = 0; i < written; ++i) on_a_new_card[before.size() - 1 - i] = after[before.size() - 1 - i];
        CHECK_FALSE(made.open(on_a_new_card));
    }
}

TEST_CASE("capsule: cut off, it is no capsule") {
    const Made made;
    const auto whole = made.pads();
    auto pads = whole;
    for (std::size_t kept = 208; kept-- > 0;) {
        pads[kept / 16].bytes[kept % 16] = 0;
        // A signature's last octets may be zeros (the last is at most 0x10): cut off there, nothing is missing.
        if (pads != whole) CHECK_FALSE(made.open(pads));
    }
}

TEST_CASE("capsule: the same octets on another card are worth nothing") {
    const Made made;
    CHECK(made.fault(made.pads(), other_idm) == Fault::bad_signature);
}

TEST_CASE("capsule: whoever has the key and not the region's signature makes only imitations") {
    const Made made;
    const auto thief = vault::make_signing_pair();
    CHECK(made.fault(vault::seal_capsule(made.keys.front(), 9, own_idm, made.facts, thief)) == Fault::bad_signature);
}

TEST_CASE("capsule: one of another epoch is named, one under another key of the same epoch does not open") {
    const Made made;
    const vault::CapsuleEpochKey later{4, vault::random_key<vault::CapsuleKey>()};
    const auto unknown = made.open(vault::seal_capsule(later, 1, own_idm, made.facts, made.region));
    REQUIRE_FALSE(unknown);
    CHECK(unknown.fault() == Fault::denied);
    CHECK(unknown.error().detail == "capsule_epoch 4");

    const vault::CapsuleEpochKey wrong{3, vault::random_key<vault::CapsuleKey>()};
    CHECK(made.fault(vault::seal_capsule(wrong, 1, own_idm, made.facts, made.region)) == Fault::wrong_key);
    const auto older = vault::seal_capsule(made.keys[1], 1, own_idm, made.facts, made.region);
    CHECK(made.open(older)->header.epoch == 2);
}

TEST_CASE("capsule: no capsule, something else and a newer version are told apart") {
    const Made made;
    vault::CapsulePads blank{};
    CHECK(made.fault(blank) == Fault::not_found);
    for (auto& pad : blank) pad.bytes.fill(0xff);
    CHECK(made.fault(blank) == Fault::not_found);
    auto other = made.pads();
    other[0].bytes[0] = 'X';
    CHECK(made.fault(other) == Fault::malformed);
    auto newer = made.pads();
    newer[0].bytes[2] = 2;
    CHECK(made.fault(newer) == Fault::unsupported);
}

TEST_CASE("capsule: the same facts and serial twice share no octet but header and chance") {
    const Made made;
    const auto first = made.pads();
    const auto second = made.pads();
    CHECK(std::equal(first[0].bytes.begin(), first[0].bytes.begin() + 8, second[0].bytes.begin()));
    for (std::size_t i = 1; i < first.size(); ++i) CHECK(first[i] != second[i]);
}

TEST_CASE("capsule key: it reaches whom it was sealed for, as the key of its epoch") {
    vault::init();
    const auto terminal = vault::make_sealing_pair();
    const vault::CapsuleEpochKey key{5, vault::random_key<vault::CapsuleKey>()};
    const model::CapsuleKeyWrap wrap{5, vault::seal_capsule_key(terminal.seal, key)};
    const auto back = vault::open_capsule_key(terminal, wrap);
    REQUIRE(back);
    CHECK(back->epoch == 5);
    CHECK(base::equal(back->key.bytes.view(), key.key.bytes.view()));
    CHECK(vault::open_capsule_key(vault::make_sealing_pair(), wrap).fault() == Fault::wrong_key);
    CHECK(vault::open_capsule_key(terminal, {6, wrap.sealed}).fault() == Fault::wrong_key);
}
