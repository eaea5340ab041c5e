#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;

namespace {

// The only way to a permit is a grant, in tests too.
model::Permit permit_for(std::uint8_t who, model::Section section = model::Section::emergency) {
    auto given = grant(1, who);
    given.sections = given.sections.with(section);
    auto permit = model::permit(given, section, {at(2), at(2), model::ClockQuality::region}, model::OpenedBy::act);
    REQUIRE(permit);
    return *permit;
}

std::int64_t version_of(store::Store& store, std::uint8_t who) {
    const auto found = store.package(permit_for(who));
    REQUIRE(found);
    return found->has_value() ? (*found)->id.version : 0;
}

std::vector<std::int64_t> wrap_versions(store::Store& store, std::uint8_t who, model::WrapFor way) {
    const auto wraps = store.wraps(patient(who), way);
    REQUIRE(wraps);
    std::vector<std::int64_t> versions;
    for (const auto& wrap : *wraps) versions.push_back(wrap.package.version);
    return versions;
}

using Versions = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("feed: a page and its cursor arrive together") {
    StoreFolder folder;
    auto store = folder.open();
    const model::Lock lock{id_of<model::CardIndex>(7), patient(7), id_of<card::Challenge>(1),
                           id_of<card::Challenge>(2)};
    REQUIRE(store.apply(page(0, {lock, card_wrap(7, 1), package(7, 1)})));
    CHECK(store.cursor()->seq == 3);
    CHECK(store.progress()->packages == 1);
    CHECK(store.progress()->packages_total == 99);
    CHECK(**store.lock(lock.card) == lock);
    CHECK(**store.package(permit_for(7)) == package(7, 1));
    CHECK(store.wraps(patient(7), model::WrapFor::card)->front() == card_wrap(7, 1));
    CHECK_FALSE(store.lock(id_of<model::CardIndex>(8))->has_value());
}

TEST_CASE("feed: what was applied is there after opening again, and for a second connection") {
    StoreFolder folder;
    {
        auto store = folder.open();
        REQUIRE(store.apply(page(0, {package(7, 1)})));
        auto second = folder.open(false);
        CHECK(second.cursor()->seq == 1);
    }
    auto again = folder.open(false);
    CHECK(again.cursor()->seq == 1);
    CHECK(version_of(again, 7) == 1);
}

TEST_CASE("feed: a page that does not follow the cursor changes nothing") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1)})));
    CHECK(store.apply(page(0, {package(2, 1)})).fault() == Fault::out_of_order);
    CHECK(store.apply(page(5, {package(2, 1)})).fault() == Fault::out_of_order);
    CHECK(store.cursor()->seq == 1);
    CHECK(version_of(store, 2) == 0);
}

TEST_CASE("feed: an entry from outside its page undoes the whole page") {
    StoreFolder folder;
    auto store = folder.open();
    auto wrong = page(0, {package(1, 1), package(2, 1)});
    wrong.entries[1].seq = 9;
    CHECK(store.apply(wrong).fault() == Fault::out_of_order);
    CHECK(store.cursor()->seq == 0);
    CHECK(version_of(store, 1) == 0);
    CHECK(store.progress()->packages == 0);
}

TEST_CASE("feed: a newer package replaces the older one and its wraps") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {card_wrap(1, 1), package(1, 1)})));
    REQUIRE(store.apply(page(2, {card_wrap(1, 2)})));
    // Until its package is here, the older pair still opens.
    CHECK(wrap_versions(store, 1, model::WrapFor::card) == Versions{1, 2});
    CHECK(version_of(store, 1) == 1);
    REQUIRE(store.apply(page(3, {package(1, 2)})));
    CHECK(version_of(store, 1) == 2);
    CHECK(wrap_versions(store, 1, model::WrapFor::card) == Versions{2});
    CHECK(store.progress()->packages == 1);
}

TEST_CASE("feed: an older package or wrap never replaces a newer one") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {card_wrap(1, 5), package(1, 5)})));
    REQUIRE(store.apply(page(2, {card_wrap(1, 4), package(1, 4)})));
    CHECK(version_of(store, 1) == 5);
    CHECK(wrap_versions(store, 1, model::WrapFor::card) == Versions{5});
    CHECK(store.cursor()->seq == 4);
}

TEST_CASE("feed: sections are kept apart") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1), package(1, 3, model::Section::medication)})));
    CHECK(store.progress()->packages == 2);
    CHECK(version_of(store, 1) == 1);
    CHECK((*store.package(permit_for(1, model::Section::medication)))->id.version == 3);
}

TEST_CASE("feed: a facility wrap is kept only for a window this terminal has") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1), package(2, 1)})));
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    REQUIRE(store.apply(page(2, {facility_wrap(1, 2), facility_wrap(2, 2), facility_wrap(1, 1)})));
    // Version 1 of patient 1 is in the window already, and patient 2 granted nothing here.
    CHECK(wrap_versions(store, 1, model::WrapFor::facility) == Versions{2});
    CHECK(wrap_versions(store, 2, model::WrapFor::facility).empty());
    CHECK(store.facility_wraps()->size() == 1);
    CHECK(store.facility_wraps()->front() == facility_wrap(1, 2));

    REQUIRE(store.apply(page(5, {package(1, 2)})));
    REQUIRE(store.put_window_wrap(window(1, 1).grant.id, window_wrap(1, 2)));
    CHECK(store.facility_wraps()->empty());
    const auto wraps = store.window_wraps(window(1, 1).grant.id);
    REQUIRE(wraps->size() == 1);
    CHECK(wraps->front().package.version == 2);
}

TEST_CASE("feed: a revoked card loses its wraps and gets no new ones") {
    StoreFolder folder;
    auto store = folder.open();
    const model::Lock lock{id_of<model::CardIndex>(1), patient(1), {}, {}};
    REQUIRE(store.apply(page(0, {lock, card_wrap(1, 1), package(1, 1)})));
    CHECK_FALSE(*store.revoked(lock.card));
    REQUIRE(store.apply(page(3, {model::RevokedCard{lock.card}, card_wrap(1, 2)})));
    CHECK(*store.revoked(lock.card));
    CHECK(wrap_versions(store, 1, model::WrapFor::card).empty());
}

TEST_CASE("feed: the newest policy counts, whoever brings it") {
    StoreFolder folder;
    auto store = folder.open();
    CHECK(*store.policy() == model::default_policy());
    auto policy = model::default_policy();
    policy.version = 3;
    policy.pin_tries = 7;
    REQUIRE(store.set_policy(policy));
    CHECK(*store.policy() == policy);
    auto older = policy;
    older.version = 2;
    older.pin_tries = 99;
    REQUIRE(store.apply(page(0, {older})));
    CHECK(store.policy()->pin_tries == 7);
    auto newer = policy;
    newer.version = 4;
    newer.pin_tries = 3;
    REQUIRE(store.apply(page(1, {newer})));
    CHECK(store.policy()->pin_tries == 3);
}

TEST_CASE("feed: facilities are public, names of staff are sealed") {
    StoreFolder folder;
    auto store = folder.open();
    const auto keys = vault::make_sealing_pair();
    REQUIRE(store.put_value(store::value_name::facility_seal, keys.seal.view()));
    const model::Facility facility{model::FacilityId{"F0001"}, model::FacilityType::pharmacy, "臼杵たちばな薬局"};
    const model::StaffMember member{model::StaffId{"0000000001"}, facility.id, "野津 さゆり", true};
    REQUIRE(store.apply(page(0, {facility, member})));
    CHECK(**store.facility(facility.id) == facility);
    const auto row = store.staff(member.id);
    REQUIRE(row->has_value());
    CHECK((*row)->active);
    CHECK((*row)->facility == facility.id);
    const auto name = vault::open_with(keys, (*row)->sealed_name);
    REQUIRE(name);
    CHECK(base::as_text(name->view()) == member.name);
    CHECK_FALSE(folder.on_disk(base::as_bytes(member.name)));
    CHECK(folder.on_disk(base::as_bytes(facility.name)));

    auto gone = member;
    gone.active = false;
    REQUIRE(store.apply(page(2, {gone})));
    CHECK_FALSE((*store.staff(member.id))->active);
}

TEST_CASE("feed: a snapshot does not see what another connection applies meanwhile") {
    StoreFolder folder;
    auto store = folder.open();
    auto other = folder.open(false);
    REQUIRE(store.apply(page(0, {package(1, 1)})));
    {
        const auto snapshot = store.snapshot();
        REQUIRE(snapshot);
        CHECK(version_of(store, 1) == 1);
        REQUIRE(other.apply(page(1, {package(1, 2)})));
        CHECK(version_of(store, 1) == 1);
    }
    CHECK(version_of(store, 1) == 2);
}
