#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

// What the region does after accepting a grant: the facility's other terminals hear of it, and get the keys.
model::Grant share(Pharmacy& from, const fakes::SmallRegion::Patient& patient, const model::SealKey& to) {
    const auto window = from.connection().windows()->front();
    from.region.feed.push_back(model::SharedWindow{window.grant});
    for (const auto section : {Section::emergency, Section::medication}) {
        from.region.publish_wrap_for(patient, section, 1, to);
    }
    return window.grant;
}

}  // namespace

TEST_CASE("shared windows: what one terminal of a facility was granted the other opens without the card") {
    Pharmacy first;
    Pharmacy second{{model::FacilityType::pharmacy, "F0001-T2", first.town}};
    auto patient = first.admit_hanako();
    first.sign_in();
    REQUIRE(first.tap(patient.card));
    const auto grant = share(first, patient, second.facility_key.seal);
    second.sync();

    CHECK_FALSE(*second.desk->tend());  // nobody is signed in: no key to seal a window key under
    second.sign_in();
    // Known before its keys are taken in: it is listed, and does not open.
    REQUIRE(second.desk->windows()->size() == 1);
    CHECK(second.desk->windows()->front().kanji.empty());
    CHECK(second.desk->reopen(grant.id).fault() == Fault::not_found);
    CHECK(*second.desk->tend());
    CHECK_FALSE(*second.desk->tend());
    CHECK(second.desk->windows()->front().kanji == "臼杵 花子");
    CHECK(second.desk->windows()->front().receipted);
    const auto summary = second.desk->reopen(grant.id);
    REQUIRE(summary);
    CHECK((*summary)->medicines.size() == 1);
    const auto viewed = second.region.read(second.ledger().back());
    CHECK(viewed.grant_id == grant.id);
    CHECK(viewed.sections == (*summary)->sections);

    SECTION("an updated package reaches it") {
        first.region.publish(
            patient, Section::medication, 2,
            fakes::section_of("臼杵 花子", "ウスキ ハナコ", fakes::medicine_entry("ワーファリン錠1mg")),
            first.clock.wall());
        first.region.publish_wrap_for(patient, Section::medication, 2, second.facility_key.seal);
        second.sync();
        CHECK(*second.desk->tend());
        CHECK((*second.desk->reopen(grant.id))->medicines.front().name == "ワーファリン錠1mg");
    }
    SECTION("after the end it does not") {
        second.clock.pass(grant.expires_at - second.clock.wall());
        CHECK(second.desk->reopen(grant.id).fault() == Fault::denied);
        CHECK(*second.desk->tend());
        first.region.publish(patient, Section::medication, 2, fakes::section_of("臼杵 花子", "ウスキ ハナコ"),
                             second.clock.wall());
        first.region.publish_wrap_for(patient, Section::medication, 2, second.facility_key.seal);
        // Said again, too: what has ended does not come back.
        first.region.feed.push_back(model::SharedWindow{grant});
        second.sync();
        REQUIRE(second.desk->tend());
        CHECK(second.connection().facility_wraps()->empty());
        CHECK(second.connection().windows()->empty());
        CHECK(second.desk->reopen(grant.id).fault() == Fault::not_found);
    }
    SECTION("withdrawn at the first, it ends at the second with the next page") {
        const auto wraps = *second.connection().window_wraps(grant.id);
        REQUIRE(wraps.size() == 2);
        first.region.feed.push_back(model::GrantNews{grant.id, model::GrantState::withdrawn, "withdrawn_by_patient"});
        second.sync();
        CHECK(second.desk->reopen(grant.id).fault() == Fault::denied);
        CHECK(*second.desk->tend());
        CHECK(second.desk->windows()->front().reason == "withdrawn_by_patient");
        for (const auto& wrap : wraps) CHECK_FALSE(second.on_disk(base::as_text(wrap.sealed)));
    }
}

TEST_CASE("shared windows: a card's own window here is not lost to one that is told of") {
    Pharmacy first;
    Pharmacy second{{model::FacilityType::pharmacy, "F0001-T2", first.town}};
    const auto patient = first.admit_hanako();
    second.sync();
    second.sign_in();
    REQUIRE(second.tap(patient.card));
    const auto own = second.only_window();
    first.clock.pass(1h);
    first.sign_in();
    REQUIRE(first.tap(patient.card));
    first.region.feed.push_back(model::SharedWindow{first.connection().windows()->front().grant});
    second.sync();  // its keys have not come yet
    REQUIRE(second.desk->tend());
    CHECK(second.desk->reopen(own));
}
