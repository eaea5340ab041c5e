#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

TEST_CASE("windows: a tapped patient is listed and reopens without the card, each time on the record") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto list = pharmacy.desk->windows();
    REQUIRE(list->size() == 1);
    const auto& row = list->front();
    CHECK(row.kanji == "臼杵 花子");
    CHECK(row.kana == "ウスキ ハナコ");
    CHECK(row.born.text == "1941-05-03");
    CHECK(row.days_left == 60);
    CHECK_FALSE(row.receipted);
    CHECK_FALSE(row.refused);

    const auto summary = pharmacy.desk->reopen(row.grant);
    REQUIRE(summary);
    CHECK((*summary)->person.kanji == "臼杵 花子");
    CHECK((*summary)->medicines.size() == 1);
    const auto entries = pharmacy.ledger();
    CHECK(entries.back().kind == LedgerKind::view);
    CHECK(pharmacy.region.read(entries.back()).grant_id == row.grant);
    CHECK(entries.size() == 4);
}

TEST_CASE("windows: they survive a restart and need somebody signed in") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    pharmacy.start();
    CHECK(pharmacy.desk->windows().fault() == Fault::denied);
    CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
    pharmacy.sign_in();
    CHECK(pharmacy.only_window() == grant);
    CHECK(pharmacy.desk->reopen(grant));
}

TEST_CASE("windows: one ends at the end of the 60th day, with everything that could open it") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    const auto wraps = *pharmacy.connection().window_wraps(grant);
    REQUIRE(wraps.size() == 2);
    const auto until = pharmacy.desk->windows()->front().until;

    pharmacy.clock.pass(until - pharmacy.clock.wall() - 1ms);
    CHECK_FALSE(*pharmacy.desk->tend());
    CHECK(pharmacy.desk->windows()->front().days_left == 0);
    CHECK(pharmacy.desk->reopen(grant));
    pharmacy.clock.pass(1ms);
    // Closed at once, also before housekeeping has come by.
    CHECK(pharmacy.desk->windows()->empty());
    CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
    CHECK(*pharmacy.desk->tend());
    CHECK_FALSE(*pharmacy.desk->tend());
    CHECK(pharmacy.desk->reopen(grant).fault() == Fault::not_found);
    const auto ended = pharmacy.region.read(pharmacy.ledger().back());
    CHECK(pharmacy.kinds().back() == LedgerKind::window_ended);
    CHECK(ended.grant_id == grant);
    CHECK(ended.note == "expired");

    for (const auto& wrap : wraps) CHECK_FALSE(pharmacy.on_disk(base::as_text(wrap.sealed)));
    // The card opens it anew.
    CHECK(pharmacy.tap(patient.card));
    CHECK(pharmacy.only_window() != grant);
}

TEST_CASE("windows: another tap renews: one window, sixty days from that day, nothing left of the old one") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto first = pharmacy.only_window();
    const auto until = pharmacy.desk->windows()->front().until;
    const auto wraps = *pharmacy.connection().window_wraps(first);
    REQUIRE(wraps.size() == 2);
    CHECK(pharmacy.on_disk(base::as_text(wraps.front().sealed)));

    pharmacy.clock.pass(24h * 30);
    REQUIRE(pharmacy.tap(patient.card));
    REQUIRE(pharmacy.desk->tend());
    const auto renewed = pharmacy.only_window();
    CHECK(renewed != first);
    CHECK(pharmacy.desk->windows()->front().until == until + 24h * 30);
    CHECK(pharmacy.desk->windows()->front().days_left == 60);
    CHECK(pharmacy.desk->reopen(first).fault() == Fault::not_found);
    for (const auto& wrap : wraps) CHECK_FALSE(pharmacy.on_disk(base::as_text(wrap.sealed)));

    // The day the first would have ended, and the day the second does.
    pharmacy.clock.pass(24h * 40);
    REQUIRE(pharmacy.desk->tend());
    CHECK(pharmacy.desk->reopen(renewed));
    pharmacy.clock.pass(24h * 21);
    REQUIRE(pharmacy.desk->tend());
    CHECK_FALSE(pharmacy.desk->reopen(renewed));
}

TEST_CASE("windows: the last is the sixtieth local day, whichever hour the tap was in") {
    // 14:59 and 15:00 UTC are 23:59 and 24:00 of one day in Usuki.
    for (const auto& [tapped, days] : {std::pair{14h + 59min, 61}, std::pair{15h + 0min, 62}}) {
        Pharmacy pharmacy;
        const auto day = std::chrono::sys_days{std::chrono::year{2026} / 2 / 27};
        pharmacy.clock.pass(model::UtcTime{day} + tapped - pharmacy.clock.wall());
        const auto patient = pharmacy.admit_hanako();
        pharmacy.sign_in();
        REQUIRE(pharmacy.tap(patient.card));
        CHECK(pharmacy.desk->windows()->front().until == model::UtcTime{day} + 24h * days - 9h);
    }
}

TEST_CASE("windows: one ends by itself though nobody is signed in") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    REQUIRE(pharmacy.desk->sign_out());
    pharmacy.clock.pass(24h * 61);
    CHECK(*pharmacy.desk->tend());
    CHECK(pharmacy.connection().windows()->empty());
}

TEST_CASE("windows: a newer version opens from a live window without the card") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();

    pharmacy.region.publish(patient, Section::medication, 2,
                            fakes::section_of("臼杵 花子", "ウスキ ハナコ", fakes::medicine_entry("ワーファリン錠1mg")),
                            pharmacy.clock.wall());
    pharmacy.region.publish_wrap_for(patient, Section::medication, 2, pharmacy.facility_key.seal);
    pharmacy.sync();
    REQUIRE(pharmacy.desk->sign_out());
    CHECK_FALSE(*pharmacy.desk->tend());  // the facility key is sealed: nothing can be taken in yet
    pharmacy.sign_in();
    CHECK(*pharmacy.desk->tend());
    CHECK_FALSE(*pharmacy.desk->tend());
    CHECK(pharmacy.connection().facility_wraps()->empty());
    const auto summary = pharmacy.desk->reopen(grant);
    REQUIRE(summary);
    REQUIRE((*summary)->medicines.size() == 1);
    CHECK((*summary)->medicines.front().name == "ワーファリン錠1mg");
    CHECK((*summary)->sections == model::SectionSet{}.with(Section::emergency).with(Section::medication));
    CHECK((*summary)->allergies.size() == 1);
}

TEST_CASE("windows: a newer name is shown as soon as it is taken in") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    CHECK(pharmacy.desk->windows()->front().kanji == "臼杵 花子");
    pharmacy.region.publish(patient, Section::emergency, 2, fakes::section_of("津久見 花子", "ツクミ ハナコ"),
                            pharmacy.clock.wall());
    pharmacy.region.publish_wrap_for(patient, Section::emergency, 2, pharmacy.facility_key.seal);
    pharmacy.sync();
    REQUIRE(pharmacy.desk->tend());
    CHECK(pharmacy.desk->windows()->front().kanji == "津久見 花子");
}

TEST_CASE("windows: after the end a newer version does not open, even if its wrap came before") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    pharmacy.region.publish(patient, Section::medication, 2, fakes::section_of("臼杵 花子", "ウスキ ハナコ"),
                            pharmacy.clock.wall());
    pharmacy.region.publish_wrap_for(patient, Section::medication, 2, pharmacy.facility_key.seal);
    pharmacy.sync();
    pharmacy.clock.pass(24h * 61);
    REQUIRE(pharmacy.desk->tend());
    CHECK(pharmacy.connection().facility_wraps()->empty());
    CHECK(pharmacy.desk->windows()->empty());
    // And one that comes late is not kept.
    pharmacy.region.publish_wrap_for(patient, Section::medication, 2, pharmacy.facility_key.seal);
    pharmacy.sync();
    CHECK(pharmacy.connection().facility_wraps()->empty());
}

TEST_CASE("windows: a facility wrap of somebody else's package is thrown away") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    pharmacy.region.publish(patient, Section::medication, 2, fakes::section_of("臼杵 花子", "ウスキ ハナコ"),
                            pharmacy.clock.wall());
    pharmacy.region.publish_wrap_for(patient, Section::medication, 2, vault::make_sealing_pair().seal);
    pharmacy.sync();
    CHECK_FALSE(*pharmacy.desk->tend());
    CHECK(pharmacy.connection().facility_wraps()->empty());
    // What still opens is shown, and the summary says which parts those are.
    const auto summary = pharmacy.desk->reopen(pharmacy.only_window());
    REQUIRE(summary);
    CHECK((*summary)->sections == model::SectionSet{}.with(Section::emergency));
}

TEST_CASE("windows: an accepted grant turns green, a refused one closes and stays to be seen") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    SECTION("the card's own proof") {
        REQUIRE(pharmacy.tap(patient.card));
        pharmacy.settle(patient.card);
        CHECK(pharmacy.desk->windows()->front().receipted);
        CHECK(pharmacy.desk->ledger_counts()->pending == 0);
        CHECK_FALSE(*pharmacy.desk->tend());
    }
    SECTION("a proof of another key") {
        const auto forged = patient.card.forged();
        REQUIRE(pharmacy.tap(patient.card, &forged));
        const auto grant = pharmacy.only_window();
        const auto tapped = pharmacy.clock.wall();
        pharmacy.settle(patient.card);
        const auto refused = [&] {
            const auto list = pharmacy.desk->windows();
            REQUIRE(list->size() == 1);
            CHECK(list->front().refused);
            CHECK(list->front().reason == "proof_wrong");
            CHECK(list->front().grant == grant);
            CHECK(list->front().granted_at == tapped);
            CHECK(list->front().kanji.empty());
            CHECK_FALSE(pharmacy.desk->reopen(grant));
        };
        refused();
        CHECK(*pharmacy.desk->tend());
        refused();
        CHECK(pharmacy.connection().windows()->empty());
        CHECK(pharmacy.region.read(pharmacy.ledger().back()).note == "refused");
        // A true tap stands beside it.
        REQUIRE(pharmacy.tap(patient.card));
        CHECK(pharmacy.desk->windows()->size() == 2);
        pharmacy.clock.pass(24h * 15);
        REQUIRE(pharmacy.desk->tend());
        CHECK(pharmacy.desk->windows()->size() == 1);
    }
}

TEST_CASE("windows: what the region withdraws is closed here with the next page") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    pharmacy.region.feed.push_back(model::GrantNews{grant, model::GrantState::withdrawn, "withdrawn_on_paper"});
    pharmacy.sync();
    CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
    CHECK(*pharmacy.desk->tend());
    CHECK(pharmacy.region.read(pharmacy.ledger().back()).note == "withdrawn");
    CHECK(pharmacy.desk->windows()->front().reason == "withdrawn_on_paper");
}

TEST_CASE("windows: several are listed newest first") {
    Pharmacy pharmacy;
    pharmacy.sign_in();
    for (const auto& [number, kanji] : {std::pair{"0000000011", "一番 一"}, std::pair{"0000000012", "二番 二"}}) {
        auto patient = pharmacy.region.admit(number);
        pharmacy.region.publish(patient, Section::emergency, 1, fakes::section_of(kanji, "カナ"),
                                pharmacy.clock.wall());
        pharmacy.sync();
        REQUIRE(pharmacy.tap(patient.card));
        pharmacy.clock.pass(1h);
    }
    const auto list = pharmacy.desk->windows();
    REQUIRE(list->size() == 2);
    CHECK(list->front().kanji == "二番 二");
    CHECK(list->back().kanji == "一番 一");
}
