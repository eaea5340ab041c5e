#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

// Words of the clock faults on the record, in order.
std::vector<std::string> faults(Pharmacy& pharmacy) {
    std::vector<std::string> notes;
    for (const auto& entry : pharmacy.ledger()) {
        if (entry.kind == LedgerKind::clock_fault) notes.push_back(pharmacy.region.read(entry).note);
    }
    return notes;
}
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("clock: set back while the terminal runs, it opens nothing and is written down once") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    const auto tapped = pharmacy.clock.wall();
    pharmacy.clock.pass(24h * 61);
    const auto true_time = pharmacy.clock.wall();
    CHECK(pharmacy.desk->windows()->empty());
    pharmacy.clock.set_wall(tapped + 1h);
    CHECK(pharmacy.desk->windows()->empty());
    CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
    REQUIRE(pharmacy.desk->tend());
    CHECK(faults(pharmacy) == Words{"set_back"});
    REQUIRE(pharmacy.desk->tend());
    CHECK(faults(pharmacy) == Words{"set_back"});
    // Put right, and set back again: that is a second one.
    pharmacy.clock.set_wall(true_time);
    REQUIRE(pharmacy.desk->tend());
    pharmacy.clock.set_wall(tapped);
    REQUIRE(pharmacy.desk->tend());
    CHECK(faults(pharmacy) == Words{"set_back", "set_back"});
    CHECK(pharmacy.ledger().back().clock == model::ClockQuality::behind);
}

TEST_CASE("clock: set back while the terminal was off, it opens no window, and a card opens as ever") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    pharmacy.clock.pass(24h * 10);
    REQUIRE(pharmacy.desk->tend());
    const auto before = pharmacy.clock.wall();
    pharmacy.clock.set_wall(model::UtcTime{1h});  // an empty battery
    pharmacy.start();
    pharmacy.sign_in();
    REQUIRE(pharmacy.desk->tend());
    CHECK(faults(pharmacy) == Words{"rtc_dead"});
    // Nobody knows how long it was off: the window neither opens nor goes, and its name is not read.
    CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
    REQUIRE(pharmacy.desk->windows()->size() == 1);
    CHECK(pharmacy.desk->windows()->front().kanji.empty());
    CHECK(pharmacy.ledger().back().clock == model::ClockQuality::unsure);
    SECTION("until the region says what time it is") {
        pharmacy.trusted->heard_region(before + 1h);
        CHECK(pharmacy.desk->reopen(grant));
        CHECK(pharmacy.desk->windows()->front().kanji == "臼杵 花子");
    }
    SECTION("and the region may say that it is over") {
        pharmacy.trusted->heard_region(before + 24h * 51);
        CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
        REQUIRE(pharmacy.desk->tend());
        CHECK(pharmacy.connection().windows()->empty());
    }
    SECTION("while the card itself is enough") { CHECK(pharmacy.tap(patient.card)); }
    SECTION("and a clock that was only turned back is no surer") {
        pharmacy.clock.set_wall(before - 24h * 9);
        pharmacy.start();
        pharmacy.sign_in();
        REQUIRE(pharmacy.desk->tend());
        CHECK(faults(pharmacy) == Words{"rtc_dead", "set_back"});
        CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
    }
}

TEST_CASE("clock: set forward while the terminal runs, no window dies and it is said") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    pharmacy.clock.set_wall(pharmacy.clock.wall() + 24h * 100);
    CHECK_FALSE(*pharmacy.desk->tend());
    CHECK(pharmacy.desk->reopen(grant));
    CHECK(faults(pharmacy) == Words{"set_forward"});
}

TEST_CASE("clock: set forward while the terminal was off, windows stay shut until the region speaks, but do not die") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    REQUIRE(pharmacy.desk->tend());
    pharmacy.region.publish(patient, Section::medication, 2,
                            fakes::section_of("臼杵 花子", "ウスキ ハナコ", fakes::medicine_entry("ワーファリン錠1mg")),
                            pharmacy.clock.wall());
    pharmacy.region.publish_wrap_for(patient, Section::medication, 2, pharmacy.facility_key.seal);
    pharmacy.sync();
    const auto true_time = pharmacy.clock.wall();
    pharmacy.clock.set_wall(true_time + 24h * 100);
    pharmacy.start();
    pharmacy.sign_in();
    CHECK_FALSE(*pharmacy.desk->tend());
    CHECK(pharmacy.desk->windows()->empty());
    CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
    CHECK(pharmacy.connection().facility_wraps()->size() == 1);  // kept as well

    pharmacy.clock.set_wall(true_time);
    pharmacy.trusted->heard_region(true_time);
    CHECK(*pharmacy.desk->tend());
    const auto summary = pharmacy.desk->reopen(grant);
    REQUIRE(summary);
    CHECK((*summary)->medicines.front().name == "ワーファリン錠1mg");
}

TEST_CASE("clock: its mark is written once a minute") {
    Pharmacy pharmacy;
    const auto mark = [&]() -> std::optional<model::UtcTime> {
        auto store = pharmacy.connection();
        const auto read = desk::read_clock_mark(store).value();
        return read ? std::optional{read->now} : std::nullopt;
    };
    CHECK_FALSE(mark().has_value());
    REQUIRE(pharmacy.desk->tend());
    const auto first = pharmacy.clock.wall();
    CHECK(mark() == first);
    pharmacy.clock.pass(59s);
    REQUIRE(pharmacy.desk->tend());
    CHECK(mark() == first);
    pharmacy.clock.pass(1s);
    REQUIRE(pharmacy.desk->tend());
    CHECK(mark() == first + 60s);
}
