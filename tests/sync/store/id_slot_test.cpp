// Slots of ID cards: the second way in of somebody who has a slot.
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

namespace {

const model::StaffId first{"0000000001"};
const model::StaffId second{"0000000002"};

vault::Slot slot(const model::StaffId& staff) {
    auto made = vault::draft_slot(staff, id_of<model::CardIndex>(1));
    made.sealed_store_key = base::Bytes(72, 9);
    return made;
}
vault::IdSlot id_slot(const model::StaffId& staff, std::uint8_t filling) {
    vault::IdSlot made;
    made.staff = staff;
    made.challenge.bytes.fill(filling);
    made.salt.fill(static_cast<std::uint8_t>(filling + 1));
    made.sealed_store_key = base::Bytes(72, filling);
    return made;
}
bool same(const vault::IdSlot& one, const vault::IdSlot& other) {
    return one.staff == other.staff && one.challenge == other.challenge && one.salt == other.salt &&
           one.sealed_store_key == other.sealed_store_key;
}
// Two members of staff, the first with an ID card.
store::Store with_one(StoreFolder& folder) {
    auto store = folder.open();
    REQUIRE(store.put_slot(slot(first)));
    REQUIRE(store.put_slot(slot(second)));
    REQUIRE(store.put_id_slot(id_slot(first, 0x61), entry(LedgerKind::slot_added)));
    return store;
}

}  // namespace

TEST_CASE("ID slot: it is kept as it was made, on the record, and is there after a restart") {
    StoreFolder folder;
    {
        auto store = with_one(folder);
        CHECK(store.unreceipted(10)->size() == 1);
        CHECK(store.unreceipted(10)->front().kind == LedgerKind::slot_added);
    }
    auto store = folder.open(false);
    REQUIRE(store.id_slots()->size() == 1);
    CHECK(same(store.id_slots()->front(), id_slot(first, 0x61)));
    REQUIRE(store.put_id_slot(id_slot(second, 0x62), entry(LedgerKind::slot_added)));
    REQUIRE(store.id_slots()->size() == 2);
    CHECK(same(store.id_slots()->back(), id_slot(second, 0x62)));
}

TEST_CASE("ID slot: another card of the same person replaces it, and nothing of the old one stays on the disk") {
    StoreFolder folder;
    auto store = with_one(folder);
    CHECK(folder.on_disk(base::Bytes(72, 0x61)));
    REQUIRE(store.put_id_slot(id_slot(first, 0x63), entry(LedgerKind::slot_added)));
    REQUIRE(store.id_slots()->size() == 1);
    CHECK(same(store.id_slots()->front(), id_slot(first, 0x63)));
    CHECK_FALSE(folder.on_disk(base::Bytes(72, 0x61)));
}

TEST_CASE("ID slot: whoever has no slot gets none, and it is not on the record") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.put_slot(slot(first)));
    CHECK(store.put_id_slot(id_slot(second, 0x61), entry(LedgerKind::slot_added)).fault() == Fault::not_found);
    CHECK(store.id_slots()->empty());
    CHECK(store.unreceipted(10)->empty());
    CHECK_FALSE(folder.on_disk(base::Bytes(72, 0x61)));
}

TEST_CASE("ID slot: a new PIN leaves it as it is") {
    StoreFolder folder;
    auto store = with_one(folder);
    REQUIRE(store.put_slot(slot(first), entry(LedgerKind::pin_changed)));
    CHECK(store.id_slots()->size() == 1);
}

TEST_CASE("ID slot: it goes with the slot, whether a colleague removes that or the feed does") {
    StoreFolder folder;
    SECTION("removed here") {
        auto store = with_one(folder);
        REQUIRE(store.remove_slot(first, entry(LedgerKind::slot_removed)));
        CHECK(store.id_slots()->empty());
        CHECK_FALSE(folder.on_disk(base::Bytes(72, 0x61)));
    }
    SECTION("no longer staff") {
        auto store = with_one(folder);
        REQUIRE(store.apply(page(0, {model::StaffMember{first, model::FacilityId{"F0001"}, "", false}})));
        CHECK(store.id_slots()->empty());
        CHECK_FALSE(folder.on_disk(base::Bytes(72, 0x61)));
    }
}
