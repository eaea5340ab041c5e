#include "sync/fhir/looks.h"
#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

// A city hall's kiosk: nobody signs in.
struct Kiosk : Pharmacy {
    Kiosk() : Pharmacy{{model::FacilityType::city_hall, "F0001-T1", {}}} {}
};

}  // namespace

TEST_CASE("the patient alone: their card opens their own record at a kiosk, and no window comes of it") {
    Kiosk kiosk;
    const auto patient = kiosk.admit_hanako();
    const auto start = kiosk.desk->tap(patient.card.identity);
    REQUIRE(start);
    CHECK(start->self);
    CHECK_FALSE(start->confirm);
    REQUIRE(kiosk.desk->unlock(patient.card.answers(start->first, start->second)));
    const auto challenge = kiosk.desk->draft_grant();
    REQUIRE(challenge);
    const auto summary = kiosk.desk->open(patient.card.answer(*challenge));
    REQUIRE(summary);
    CHECK((*summary)->person.kanji == "臼杵 花子");
    CHECK((*summary)->medicines.size() == 1);

    CHECK(kiosk.kinds() == std::vector{LedgerKind::grant, LedgerKind::view});
    const auto entries = kiosk.ledger();
    const auto granted = kiosk.region.read(entries[0]);
    REQUIRE(granted.grant.has_value());
    CHECK(granted.grant->purpose == model::purpose::self);
    CHECK(granted.grant->staff.empty());
    CHECK(granted.staff.empty());
    CHECK(granted.grant->sections.has(Section::history));
    CHECK(granted.grant->expires_at - granted.grant->granted_at <= 10min);
    CHECK(kiosk.region.judge(entries[0], patient.card).verdict == model::Verdict::accepted);
    CHECK(kiosk.region.read(entries[1]).sections == (*summary)->sections);
    CHECK(kiosk.connection().windows()->empty());
}

TEST_CASE("the patient alone: history and withdrawal are theirs") {
    Kiosk kiosk;
    auto patient = kiosk.admit_hanako();
    kiosk.region.publish(patient, Section::history, 1,
                         fhir::looks_bundle({{{},
                                              kiosk.clock.wall(),
                                              "臼杵中央医院",
                                              fhir::Look::Kind::grant,
                                              model::SectionSet{}.with(Section::clinical),
                                              "",
                                              false}}),
                         kiosk.clock.wall());
    kiosk.sync();
    REQUIRE(kiosk.unlock(patient.card));
    const auto looks = kiosk.desk->history();
    REQUIRE(looks);
    REQUIRE(looks->size() == 1);
    CHECK(looks->front().facility == "臼杵中央医院");
    const auto challenge = kiosk.desk->draft_withdrawal(true);
    REQUIRE(challenge);
    REQUIRE(kiosk.desk->withdraw(patient.card.answer(*challenge)));
    CHECK(kiosk.kinds() == std::vector{LedgerKind::history_shown, LedgerKind::withdrawal});
    const auto withdrawn = kiosk.region.read(kiosk.ledger().back());
    CHECK(withdrawn.staff.empty());
    CHECK(withdrawn.withdrawal->facility.empty());
}

TEST_CASE("the patient alone: nothing else of the desk opens") {
    Kiosk kiosk;
    const auto patient = kiosk.admit_hanako();
    kiosk.sign_in();
    REQUIRE(kiosk.tap(patient.card));  // a clerk's window
    const auto grant = kiosk.only_window();
    REQUIRE(kiosk.desk->sign_out());
    const auto nothing = [&] {
        CHECK(kiosk.desk->windows().fault() == Fault::denied);
        CHECK(kiosk.desk->reopen(grant).fault() == Fault::denied);
        CHECK(kiosk.desk->search({"ウスキ", "", "", ""}, 10).fault() == Fault::denied);
        CHECK(kiosk.desk->places().fault() == Fault::denied);
        CHECK(kiosk.desk->break_glass(patient.ref, "unconscious", std::nullopt).fault() == Fault::denied);
        CHECK(kiosk.desk->who().fault() == Fault::denied);
    };
    nothing();
    REQUIRE(kiosk.unlock(patient.card));
    nothing();
    CHECK(kiosk.desk->open_presented().fault() == Fault::denied);
    CHECK(kiosk.unlock(patient.card.forged()).fault() == Fault::wrong_key);
    CHECK(kiosk.desk->history().fault() == Fault::out_of_order);
    REQUIRE(kiosk.desk->tend());
    CHECK(kiosk.connection().windows()->size() == 1);
}

TEST_CASE("the patient alone: with somebody signed in it is a tap like any other") {
    Kiosk kiosk;
    const auto patient = kiosk.admit_hanako();
    kiosk.sign_in();
    CHECK_FALSE(kiosk.desk->tap(patient.card.identity)->self);
    REQUIRE(kiosk.tap(patient.card));
    CHECK(kiosk.region.read(kiosk.ledger()[1]).grant->purpose == model::purpose::treatment);
    CHECK(kiosk.desk->windows()->size() == 1);
}

TEST_CASE("the patient alone: only where the policy says so, and only at a kiosk") {
    SECTION("a pharmacy whose store holds the key all the same") {
        Pharmacy pharmacy;
        const auto patient = pharmacy.admit_hanako();
        auto store = pharmacy.connection();
        REQUIRE(store.put_value(store::value_name::kiosk_index_key, pharmacy.region.index_key.bytes.view()));
        CHECK(pharmacy.desk->tap(patient.card.identity).fault() == Fault::denied);
    }
    SECTION("a city hall's counter without the key") {
        Kiosk counter;
        const auto patient = counter.admit_hanako();
        auto store = counter.connection();
        REQUIRE(store.put_value(store::value_name::kiosk_index_key, {}));
        CHECK(counter.desk->tap(patient.card.identity).fault() == Fault::denied);
    }
    SECTION("a policy that ends it") {
        Kiosk kiosk;
        const auto patient = kiosk.admit_hanako();
        CHECK(kiosk.desk->tap(patient.card.identity));
        auto policy = model::default_policy();
        ++policy.version;
        policy.types[model::FacilityType::city_hall].self_service = false;
        kiosk.region.feed.push_back(policy);
        kiosk.sync();
        CHECK(kiosk.desk->tap(patient.card.identity).fault() == Fault::denied);
    }
}
