#include "sync/vault/slot.h"

#include <sodium.h>
#include <sys/resource.h>

#include "sync/vault/hasher.h"
#include "sync/vault/tuning.h"
#include "tests/catch.h"
#include "tests/fakes/sanitizer.h"

using namespace kazashi;
using base::Fault;

namespace {

card::Proof proof(std::uint8_t fill) {
    std::array<std::uint8_t, 8> bytes{};
    bytes.fill(fill);
    return card::Proof{std::span<const std::uint8_t, 8>{bytes}};
}
base::SecretBytes pin(std::string_view digits) { return base::SecretBytes{base::as_bytes(digits)}; }
card::Idm idm(std::uint8_t first) {
    card::Idm idm;
    idm.bytes[0] = first;
    return idm;
}

struct Sealed {
    vault::StoreKey store_key;
    vault::Slot slot;
};

Sealed seal_some() {
    vault::init();
    Sealed made{vault::random_key<vault::StoreKey>(),
                vault::draft_slot(model::StaffId{"0000000001"}, model::CardIndex{})};
    REQUIRE(vault::seal_slot(made.slot, idm(1), proof(1), proof(2), pin("4931"), made.store_key));
    return made;
}

Fault fault_of(const vault::Slot& slot, const card::Idm& card, std::uint8_t first, std::uint8_t second,
               std::string_view digits) {
    const auto opened = vault::open_slot(slot, card, proof(first), proof(second), pin(digits));
    REQUIRE(!opened);
    return opened.fault();
}

}  // namespace

TEST_CASE("slot: card and PIN together give the store key back") {
    const auto made = seal_some();
    const auto opened = vault::open_slot(made.slot, idm(1), proof(1), proof(2), pin("4931"));
    REQUIRE(opened);
    CHECK(base::equal(opened->bytes.view(), made.store_key.bytes.view()));
}

TEST_CASE("slot: a wrong PIN and a wrong card fail alike") {
    const auto made = seal_some();
    CHECK(fault_of(made.slot, idm(1), 1, 2, "4932") == Fault::wrong_key);
    CHECK(fault_of(made.slot, idm(1), 1, 2, "493100") == Fault::wrong_key);
    CHECK(fault_of(made.slot, idm(1), 1, 2, "493") == Fault::wrong_key);
    CHECK(fault_of(made.slot, idm(1), 1, 2, "49a1") == Fault::wrong_key);
    CHECK(fault_of(made.slot, idm(2), 1, 2, "4931") == Fault::wrong_key);
    CHECK(fault_of(made.slot, idm(1), 3, 2, "4931") == Fault::wrong_key);
    CHECK(fault_of(made.slot, idm(1), 1, 3, "4931") == Fault::wrong_key);
    CHECK(fault_of(made.slot, idm(1), 2, 1, "4931") == Fault::wrong_key);
}

TEST_CASE("slot: no field of it can be changed") {
    const auto made = seal_some();
    auto slot = made.slot;
    slot.staff = model::StaffId{"0000000002"};
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::wrong_key);
    slot = made.slot;
    slot.card.bytes[3] = 1;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::wrong_key);
    slot = made.slot;
    slot.salt[0] ^= 1U;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::wrong_key);
    slot = made.slot;
    slot.opslimit += 1;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::wrong_key);
    slot = made.slot;
    slot.sealed_store_key.back() ^= 1U;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::wrong_key);
    slot.sealed_store_key.clear();
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::wrong_key);
}

TEST_CASE("slot: costs out of range are a damaged store and cost nothing") {
    auto slot = seal_some().slot;
    slot.memlimit = std::uint64_t{1} << 40;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::corrupt);
    slot.memlimit = 8192;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::corrupt);
    slot.memlimit = vault::tuning::pin_memlimit;
    slot.opslimit = 1;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::corrupt);
    slot.opslimit = 1'000'000;
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::corrupt);
}

TEST_CASE("slot: only four to eight digits are a PIN") {
    vault::init();
    const auto store_key = vault::random_key<vault::StoreKey>();
    auto slot = vault::draft_slot(model::StaffId{"0000000001"}, {});
    for (const auto* wrong : {"", "493", "493149314", "49 1", "abcd", "４９３１"}) {
        const auto sealed = vault::seal_slot(slot, idm(1), proof(1), proof(2), pin(wrong), store_key);
        REQUIRE(!sealed);
        CHECK(sealed.fault() == Fault::malformed);
        CHECK(slot.sealed_store_key.empty());
    }
    CHECK(vault::seal_slot(slot, idm(1), proof(1), proof(2), pin("49314931"), store_key));
}

TEST_CASE("slot: two drafts share neither challenges nor salt") {
    vault::init();
    const auto one = vault::draft_slot(model::StaffId{"1"}, {});
    const auto two = vault::draft_slot(model::StaffId{"1"}, {});
    CHECK(one.first != two.first);
    CHECK(one.second != two.second);
    CHECK(one.first != one.second);
    CHECK(one.salt != two.salt);
}

TEST_CASE("slot: another PIN opens it, the old one no longer, card and store key stay") {
    const auto made = seal_some();
    auto slot = made.slot;
    REQUIRE(vault::change_pin(slot, idm(1), proof(1), proof(2), pin("4931"), pin("20817")));
    const auto opened = vault::open_slot(slot, idm(1), proof(1), proof(2), pin("20817"));
    REQUIRE(opened);
    CHECK(base::equal(opened->bytes.view(), made.store_key.bytes.view()));
    CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::wrong_key);
    CHECK(slot.first == made.slot.first);
    CHECK(slot.second == made.slot.second);
    CHECK(slot.salt != made.slot.salt);
}

TEST_CASE("slot: a PIN is changed by who knows the old one and holds the card, to digits only") {
    const auto made = seal_some();
    auto slot = made.slot;
    const auto change = [&](std::uint8_t card, std::uint8_t first, std::string_view from, std::string_view to) {
        const auto changed = vault::change_pin(slot, idm(card), proof(first), proof(2), pin(from), pin(to));
        REQUIRE(!changed);
        CHECK(slot.salt == made.slot.salt);
        CHECK(slot.sealed_store_key == made.slot.sealed_store_key);
        return changed.fault();
    };
    CHECK(change(1, 1, "4932", "2081") == Fault::wrong_key);
    CHECK(change(2, 1, "4931", "2081") == Fault::wrong_key);
    CHECK(change(1, 9, "4931", "2081") == Fault::wrong_key);
    CHECK(change(1, 1, "4931", "208") == Fault::malformed);
    CHECK(change(1, 1, "4931", "20 1") == Fault::malformed);
}

TEST_CASE("slot: the PIN costs what was measured, and never less than the least or more than the most") {
    using namespace std::chrono_literals;
    const auto passes = [](std::chrono::nanoseconds least, std::chrono::nanoseconds twice) {
        return vault::pin_cost(least, twice, 250ms).opslimit;
    };
    CHECK(passes(73ms, 132ms) == 8);  // 14 ms for the memory and 29.5 ms a pass: 250 ms
    CHECK(passes(100ms, 200ms) == 5);
    CHECK(passes(250ms, 490ms) == 2);
    CHECK(passes(3s, 6s) == vault::tuning::pin_opslimit);
    CHECK(passes(1ms, 2ms) == vault::tuning::most_pin_opslimit);
    CHECK(passes(0ns, 0ns) == vault::tuning::most_pin_opslimit);
    CHECK(passes(80ms, 70ms) == vault::tuning::most_pin_opslimit);  // a measurement that makes no sense
    CHECK(vault::pin_cost(100ms, 200ms, 250ms).memlimit == vault::tuning::pin_memlimit);

    vault::init();
    const auto here = vault::measure_pin_cost(1ms);
    CHECK(here == vault::PinCost{});  // nobody makes two passes over 64 MiB in 1 ms
    CHECK(vault::measure_pin_cost(std::chrono::milliseconds{1h}).opslimit == vault::tuning::most_pin_opslimit);
    const auto slot = vault::draft_slot(model::StaffId{"1"}, {}, {7, vault::tuning::pin_memlimit});
    CHECK(slot.opslimit == 7);
}

TEST_CASE("shift key: the card's two answers alone give the store key back, and nothing else does") {
    vault::init();
    const auto store_key = vault::random_key<vault::StoreKey>();
    const vault::ShiftKey shift{idm(1), proof(1), proof(2), store_key};
    const auto opened = shift.open(idm(1), proof(1), proof(2));
    REQUIRE(opened);
    CHECK(base::equal(opened->bytes.view(), store_key.bytes.view()));
    CHECK(shift.open(idm(2), proof(1), proof(2)).fault() == Fault::wrong_key);
    CHECK(shift.open(idm(1), proof(3), proof(2)).fault() == Fault::wrong_key);
    CHECK(shift.open(idm(1), proof(1), proof(3)).fault() == Fault::wrong_key);
    CHECK(shift.open(idm(1), proof(2), proof(1)).fault() == Fault::wrong_key);
}

// A sanitizer takes its memory from elsewhere, and ends the program when there is none.
#if !defined(KAZASHI_ASAN) && !defined(__SANITIZE_THREAD__)
TEST_CASE("slot: without the memory for it a PIN is refused as a limit, and the cost is the least") {
    vault::init();
    const auto made = seal_some();
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_AS, &before) == 0);
    const rlimit little{32 * 1024 * 1024, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_AS, &little) == 0);
    const auto opened = vault::open_slot(made.slot, idm(1), proof(1), proof(2), pin("4931"));
    auto slot = made.slot;
    const auto sealed = vault::seal_slot(slot, idm(1), proof(1), proof(2), pin("2081"), made.store_key);
    const auto cost = vault::measure_pin_cost(std::chrono::hours{1});
    REQUIRE(::setrlimit(RLIMIT_AS, &before) == 0);
    CHECK(opened.fault() == Fault::limit);
    CHECK(sealed.fault() == Fault::limit);
    CHECK(slot.sealed_store_key == made.slot.sealed_store_key);
    CHECK(cost == vault::PinCost{});
}
#endif

TEST_CASE("slot: what opens but holds no store key is a damaged store") {
    auto slot = seal_some().slot;
    base::Secret<32> stretched;
    REQUIRE(crypto_pwhash(stretched.data(), 32, "4931", 4, slot.salt.data(), slot.opslimit, slot.memlimit,
                          crypto_pwhash_ALG_ARGON2ID13) == 0);
    vault::SlotKey key;
    vault::Hasher{"kazashi/slot/1", 32}
        .add(idm(1).view())
        .add(slot.first.view())
        .add(proof(1).view())
        .add(slot.second.view())
        .add(proof(2).view())
        .add(stretched.view())
        .finish(key.bytes.data());
    base::Bytes about;
    base::append(about, base::as_bytes("kazashi/store-key/1"));
    about.push_back(0);
    base::append(about, slot.card.view());
    base::append(about, base::as_bytes(slot.staff.str()));
    slot.sealed_store_key = vault::seal(key.bytes, about, base::Bytes(32, 7));
    CHECK(vault::open_slot(slot, idm(1), proof(1), proof(2), pin("4931")));  // that is how one is made
    for (const std::size_t size : {0U, 31U, 33U}) {
        slot.sealed_store_key = vault::seal(key.bytes, about, base::Bytes(size, 7));
        CHECK(fault_of(slot, idm(1), 1, 2, "4931") == Fault::corrupt);
    }
}
