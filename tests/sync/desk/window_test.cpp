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

    for (const auto& part : std::filesystem::directory_iterator{pharmacy.folder.path()}) {
        std::ifstream in{part.path(), std::ios::binary};
        const std::string raw{std::istreambuf_iterator<char>{in}, {}};
        for (const auto& wrap : wraps) CHECK(raw.find(base::as_text(wrap.sealed)) == std::string::npos);
    }
    // The card opens it anew.
    CHECK(pharmacy.tap(patient.card));
    CHECK(pharmacy.only_window() != grant);
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

TEST_CASE("windows: a clock set back opens nothing and is written down once") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    const auto tapped = pharmacy.clock.wall();
    const auto count = [&] {
        const auto kinds = pharmacy.kinds();
        return std::count(kinds.begin(), kinds.end(), LedgerKind::clock_fault);
    };
    SECTION("while the terminal runs") {
        pharmacy.clock.pass(24h * 61);
        CHECK(pharmacy.desk->windows()->empty());
        pharmacy.clock.set_wall(tapped + 1h);
        CHECK(pharmacy.desk->windows()->empty());
        CHECK(pharmacy.desk->reopen(grant).fault() == Fault::denied);
        REQUIRE(pharmacy.desk->tend());
        CHECK(count() == 1);
        CHECK(pharmacy.region.read(pharmacy.ledger()[pharmacy.ledger().size() - 2]).note == "set_back");
        REQUIRE(pharmacy.desk->tend());
        CHECK(count() == 1);
        // Recovered, and set back again: that is a second one.
        pharmacy.clock.set_wall(tapped + 24h * 62);
        REQUIRE(pharmacy.desk->tend());
        pharmacy.clock.set_wall(tapped);
        REQUIRE(pharmacy.desk->tend());
        CHECK(count() == 2);
    }
    SECTION("while it was off") {
        pharmacy.clock.pass(24h * 61);
        REQUIRE(pharmacy.desk->tend());
        pharmacy.clock.set_wall(tapped + 1h);
        pharmacy.start();
        pharmacy.sign_in();
        CHECK(pharmacy.desk->windows()->empty());
        REQUIRE(pharmacy.desk->tend());
        CHECK(count() == 1);
        CHECK(pharmacy.ledger().back().clock == model::ClockQuality::behind);
    }
}

TEST_CASE("windows: the clock's mark is written once a minute") {
    Pharmacy pharmacy;
    const auto mark = [&] {
        auto store = pharmacy.connection();
        return desk::read_clock_mark(store).value();
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
