// The region's lists for emergencies, capsules, holders of ID cards, staff and their slots, notices.
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

namespace {

const model::FacilityId here{"F0001"};

model::StaffMember member(int number, bool active = true) {
    return {model::StaffId{"000000000" + std::to_string(number)}, here, "", active};
}

vault::Slot slot(int number, std::uint8_t filling = 9) {
    auto made = vault::draft_slot(member(number).id, id_of<model::CardIndex>(static_cast<std::uint8_t>(number)));
    made.sealed_store_key = base::Bytes(72, filling);
    return made;
}

std::vector<std::string> slots_of(store::Store& store) {
    std::vector<std::string> names;
    const auto slots = *store.slots();
    for (const auto& one : slots) names.push_back(one.staff.str());
    return names;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("emergency: the two newest keys are kept, the newest first") {
    StoreFolder folder;
    auto store = folder.open();
    const auto key = [](std::int64_t epoch) {
        return model::EmergencyKeyWrap{epoch, base::Bytes(80, std::uint8_t(epoch))};
    };
    REQUIRE(store.apply(page(0, {key(1), key(2)})));
    CHECK(*store.emergency_keys() == std::vector{key(2), key(1)});
    auto again = key(2);
    again.sealed = base::Bytes(80, 0x77);
    REQUIRE(store.apply(page(2, {key(3), again})));
    CHECK(*store.emergency_keys() == std::vector{key(3), again});
    CHECK_FALSE(folder.on_disk(base::Bytes(80, 1)));
}

TEST_CASE("emergency: name pages are replaced by newer ones only") {
    StoreFolder folder;
    auto store = folder.open();
    const auto names = [](std::int64_t number, std::int64_t epoch, std::int64_t version) {
        return model::NamePage{number, epoch, version, base::Bytes(30, std::uint8_t(10 * epoch + version))};
    };
    REQUIRE(store.apply(page(0, {names(2, 1, 1), names(1, 1, 1)})));
    CHECK(*store.name_pages() == std::vector{names(1, 1, 1), names(2, 1, 1)});
    REQUIRE(store.apply(page(2, {names(1, 1, 3), names(1, 1, 2), names(2, 2, 1), names(2, 1, 9)})));
    CHECK(*store.name_pages() == std::vector{names(1, 1, 3), names(2, 2, 1)});
}

TEST_CASE("capsules: keys of every epoch are kept, the newest first, also after a restart") {
    const auto key = [](std::int64_t epoch, std::uint8_t filling) {
        return model::CapsuleKeyWrap{epoch, base::Bytes(80, filling)};
    };
    StoreFolder folder;
    {
        auto store = folder.open();
        CHECK(store.capsule_keys()->empty());
        REQUIRE(store.put_capsule_keys({key(1, 0x11), key(2, 0x12)}));
        REQUIRE(store.apply(page(0, {key(4, 0x14), key(3, 0x13)})));
    }
    auto store = folder.open(false);
    CHECK(*store.capsule_keys() == std::vector{key(4, 0x14), key(3, 0x13), key(2, 0x12), key(1, 0x11)});
    REQUIRE(store.apply(page(2, {key(2, 0x22)})));  // sealed anew, for a terminal with another key
    CHECK(store.capsule_keys()->at(2) == key(2, 0x22));
    CHECK(store.capsule_keys()->size() == 4);
}

TEST_CASE("glossary: the newest stays, from the enrolment or from the feed, also after a restart") {
    const auto glossary = [](std::int64_t version) {
        return model::Glossary{version, 1, base::Bytes(300, static_cast<std::uint8_t>(version))};
    };
    StoreFolder folder;
    {
        auto store = folder.open();
        CHECK_FALSE(store.glossary()->has_value());
        REQUIRE(store.put_glossary(glossary(3)));
        REQUIRE(store.apply(page(0, {glossary(2)})));  // the feed begins at its beginning
        CHECK(**store.glossary() == glossary(3));
        REQUIRE(store.apply(page(1, {glossary(4)})));
    }
    auto store = folder.open(false);
    CHECK(**store.glossary() == glossary(4));
    REQUIRE(store.put_glossary(glossary(1)));
    CHECK(**store.glossary() == glossary(4));
}

TEST_CASE("holders: whose ID card it is, until the region says otherwise") {
    const auto holder = id_of<model::HolderIndex>(1);
    const auto other = id_of<model::HolderIndex>(2);
    StoreFolder folder;
    {
        auto store = folder.open();
        CHECK_FALSE(store.holder(holder)->has_value());
        REQUIRE(store.apply(page(0, {model::HolderLink{holder, patient(1)}, model::HolderLink{other, patient(2)}})));
    }
    auto store = folder.open(false);
    CHECK(**store.holder(holder) == patient(1));
    REQUIRE(store.apply(page(2, {model::HolderLink{holder, patient(3)}})));  // given to the wrong person before
    CHECK(**store.holder(holder) == patient(3));
    REQUIRE(store.apply(page(3, {model::HolderLink{holder, patient(3), false}})));
    CHECK_FALSE(store.holder(holder)->has_value());
    CHECK(**store.holder(other) == patient(2));
    REQUIRE(store.apply(page(4, {model::HolderLink{holder, patient(3), false}})));  // a repeat does no harm
}

TEST_CASE("staff: the active ones of a facility, by number") {
    StoreFolder folder;
    auto store = folder.open();
    auto elsewhere = member(3);
    elsewhere.facility = model::FacilityId{"F0002"};
    REQUIRE(store.apply(page(0, {member(2), member(1), elsewhere, member(4, false)})));
    const auto found = *store.staff_of(here);
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == member(1).id);
    CHECK(found[0].facility == here);
    CHECK(found[0].active);
    CHECK(found[1].id == member(2).id);
}

TEST_CASE("slots: added and removed on the record, the last one stays") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.put_slot(slot(1)));
    REQUIRE(store.put_slot(slot(2), entry(LedgerKind::slot_added)));
    CHECK(slots_of(store) == Names{"0000000001", "0000000002"});
    CHECK(store.remove_slot(member(3).id, entry(LedgerKind::slot_removed)).fault() == Fault::not_found);
    REQUIRE(store.remove_slot(member(1).id, entry(LedgerKind::slot_removed)));
    CHECK(store.remove_slot(member(2).id, entry(LedgerKind::slot_removed)).fault() == Fault::denied);
    CHECK(slots_of(store) == Names{"0000000002"});
    const auto entries = *store.unreceipted(10);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].kind == LedgerKind::slot_added);
    CHECK(entries[1].kind == LedgerKind::slot_removed);
}

TEST_CASE("slots: a new PIN begins without failures") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.put_slot(slot(1)));
    REQUIRE(store.append_sign_in(entry(LedgerKind::sign_in_failed), member(1).id, {3, at(9)}));
    REQUIRE(store.put_slot(slot(1, 8), entry(LedgerKind::pin_changed)));
    CHECK(store.failures(member(1).id)->count == 0);
    CHECK(store.slots()->front().sealed_store_key == base::Bytes(72, 8));
    CHECK(store.failures(member(7).id)->count == 0);  // nobody of that number
}

TEST_CASE("slots: who is removed by the feed loses theirs, the last one waits for another") {
    StoreFolder folder;
    auto store = folder.open();
    for (int n = 1; n <= 2; ++n) REQUIRE(store.put_slot(slot(n)));
    REQUIRE(store.apply(page(0, {member(1), member(2), member(1, false)})));
    CHECK(slots_of(store) == Names{"0000000002"});
    REQUIRE(store.apply(page(3, {member(2, false)})));
    CHECK(slots_of(store) == Names{"0000000002"});
    CHECK_FALSE((*store.staff(member(2).id))->active);
    REQUIRE(store.put_slot(slot(3), entry(LedgerKind::slot_added)));
    CHECK(slots_of(store) == Names{"0000000003"});
}

TEST_CASE("notices: what was shown stands with its entry") {
    StoreFolder folder;
    auto store = folder.open();
    const auto view = grant(1, 1).id;
    const auto other = grant(2, 1).id;
    CHECK_FALSE(*store.notice_shown(view));
    CHECK(store.append_notice_shown(entry(LedgerKind::notice_shown), {view, other})->value == 1);
    CHECK(*store.notice_shown(view));
    CHECK(*store.notice_shown(other));
    CHECK_FALSE(*store.notice_shown(grant(3, 1).id));
    CHECK(store.append_notice_shown(entry(LedgerKind::notice_shown), {view})->value == 2);  // told once more
}

TEST_CASE("values: an empty one takes the old one away") {
    StoreFolder folder;
    auto store = folder.open();
    const base::Bytes key(32, 0xE7);
    CHECK_FALSE(store.value("k")->has_value());
    REQUIRE(store.put_value("k", key));
    CHECK(folder.on_disk(key));
    REQUIRE(store.put_value("k", {}));
    CHECK(**store.value("k") == base::Bytes{});
    CHECK_FALSE(folder.on_disk(key));
}
