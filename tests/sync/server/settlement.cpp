#include "sync/server/settlement.h"

#include "tests/sync/server/visits.h"

using namespace kazashi;
using namespace kazashi::test;
using Kind = fhir::Look::Kind;

namespace {

std::vector<Kind> kinds(const std::vector<fhir::Look>& looks) {
    std::vector<Kind> found;
    for (const auto& look : looks) found.push_back(look.kind);
    return found;
}

}  // namespace

TEST_CASE("settlement: a tap and its view stand in the patient's history, for the card alone") {
    Visits visits;
    const auto grant = visits.tap(visits.pharmacy);
    visits.town.clock.pass(std::chrono::seconds{2});
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::view, visits.viewed(grant)));
    for (const auto* where : {&visits.pharmacy, &visits.ambulance, &visits.kiosk}) {
        const auto looks = visits.history(*where);
        REQUIRE(kinds(looks) == std::vector{Kind::view, Kind::grant});
        CHECK(looks[0].facility == "facility F0001");
        CHECK(looks[0].view == grant.id);
        CHECK(looks[0].sections == grant.sections);
        CHECK_FALSE(looks[0].notice_pending);
    }
}

TEST_CASE("settlement: a push makes one history per patient, however many looks it brings") {
    Visits visits;
    const auto grant = visits.tap(visits.pharmacy);
    const auto version = [&] {
        for (const auto& package : all<model::Package>(visits.town.feed(visits.kiosk))) {
            if (package.id.section == model::Section::history) return package.id.version;
        }
        return std::int64_t{0};
    };
    CHECK(version() == 1);
    std::vector<model::LedgerEntry> entries;
    for (int i = 0; i < 5; ++i) {
        entries.push_back(visits.town.write(visits.pharmacy, model::LedgerKind::view, visits.viewed(grant)));
    }
    must(visits.town.push(visits.pharmacy, entries));
    CHECK(version() == 2);
    CHECK(visits.history(visits.pharmacy).size() == 6);
    must(visits.town.push(visits.pharmacy, entries));
    CHECK(version() == 2);
}

TEST_CASE("settlement: nobody looks in the future, and a grant refused is no grant in the history") {
    Visits visits;
    const auto grant = visits.tap(visits.pharmacy);
    auto entry =
        visits.pharmacy.write(model::LedgerKind::view, visits.viewed(grant), visits.town.region().keys.sealing.seal,
                              visits.town.now() + std::chrono::hours{24 * 365});
    must(visits.town.push(visits.pharmacy, {entry}));
    CHECK(visits.history(visits.pharmacy).front().at == visits.town.now());
    auto forged = visits.town.proved(visits.town.draft(visits.pharmacy, visitor_number), visits.card);
    forged.proof[0] ^= 1U;
    visits.refused(visits.push(visits.pharmacy, model::LedgerKind::grant, forged), "proof_wrong");
    CHECK(visits.history(visits.pharmacy).size() == 2);
}

TEST_CASE("settlement: a look under somebody else's grant is refused, and the patient hears of it") {
    Visits visits;
    const auto grant = visits.tap(visits.pharmacy);
    visits.refused(visits.push(visits.ambulance, model::LedgerKind::view, visits.viewed(grant)), "not_entitled");
    const auto looks = visits.history(visits.kiosk);
    REQUIRE(looks.size() == 2);
    CHECK(looks[0].facility == "facility F0002");
    auto nobody = visits.viewed(grant);
    nobody.patient->bytes[0] ^= 1U;
    visits.refused(visits.push(visits.ambulance, model::LedgerKind::view, nobody), "wrong_patient");
}

TEST_CASE("settlement: an accepted grant is shared with the facility, also with a terminal enrolled later") {
    Visits visits;
    const auto beside = visits.town.enrol("F0001");
    const auto grant = visits.tap(visits.pharmacy);
    const auto later = visits.town.enrol("F0001");
    for (const auto* terminal : {&beside, &later}) {
        const auto shared = all<model::SharedWindow>(visits.town.feed(*terminal));
        REQUIRE(shared.size() == 1);
        CHECK(shared[0].grant == grant);
        CHECK(visits.facility_wraps(*terminal) == 3);
    }
    CHECK(all<model::SharedWindow>(visits.town.feed(visits.ambulance)).empty());
    CHECK(visits.facility_wraps(visits.ambulance) == 0);
    // Renewed: one window of this patient remains.
    visits.town.clock.pass(std::chrono::hours{24});
    const auto again = visits.tap(visits.pharmacy);
    const auto shared = all<model::SharedWindow>(visits.town.feed(later));
    REQUIRE(shared.size() == 1);
    CHECK(shared[0].grant.id == again.id);
    // Enrolled after it all ended: nothing.
    visits.town.clock.pass(std::chrono::hours{24 * 62});
    CHECK(visits.facility_wraps(visits.town.enrol("F0001")) == 0);
}

TEST_CASE("settlement: the patient alone at a kiosk leaves a look and no window") {
    Visits visits;
    auto grant = visits.town.draft(visits.kiosk, visitor_number);
    grant.purpose = model::purpose::self;
    grant.staff = {};
    grant.sections = grant.sections.with(model::Section::history);
    grant.expires_at = grant.granted_at + std::chrono::minutes{10};
    SECTION("accepted") {
        visits.accepted(visits.push(visits.kiosk, model::LedgerKind::grant, visits.town.proved(grant, visits.card)));
        visits.accepted(visits.push(visits.kiosk, model::LedgerKind::view, visits.viewed(grant)));
        CHECK(kinds(visits.history(visits.kiosk)) == std::vector{Kind::self});
        CHECK(all<model::SharedWindow>(visits.town.feed(visits.kiosk)).empty());
        CHECK(all<model::GrantNews>(visits.town.feed(visits.kiosk)).empty());
        CHECK(visits.facility_wraps(visits.kiosk) == 0);
        visits.town.import(bundle({patient_of(visitor_number), medicine(visitor_number, "m2", "ロキソニン")}));
        CHECK(visits.facility_wraps(visits.kiosk) == 0);
    }
    SECTION("with staff") {
        grant.staff = model::StaffId{"F0003-1"};
        visits.refused(visits.push(visits.kiosk, model::LedgerKind::grant, visits.town.proved(grant, visits.card)),
                       "not_entitled");
    }
    SECTION("for longer") {
        grant.expires_at += std::chrono::milliseconds{1};
        visits.refused(visits.push(visits.kiosk, model::LedgerKind::grant, visits.town.proved(grant, visits.card)),
                       "window_too_long");
    }
}

TEST_CASE("settlement: the patient's look at the history is one, the telling of a notice is not") {
    Visits visits;
    wire::LedgerBody body;
    body.patient = visits.patient();
    body.note = "notices";
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::history_shown, body));
    CHECK(visits.history(visits.pharmacy).empty());
    body.note.clear();
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::history_shown, body));
    const auto looks = visits.history(visits.pharmacy);
    REQUIRE(kinds(looks) == std::vector{Kind::self});
    CHECK(looks[0].sections == model::SectionSet{}.with(model::Section::history));
}

TEST_CASE("settlement: after its last entry a terminal is believed nothing, and the proof stays") {
    Visits visits;
    visits.tap(visits.pharmacy);
    std::vector<model::LedgerEntry> entries;
    entries.push_back(visits.town.write(visits.pharmacy, model::LedgerKind::terminal_ended, {}));
    entries.push_back(visits.town.write(visits.pharmacy, model::LedgerKind::sign_in, {}));
    const auto answer = must(visits.town.push(visits.pharmacy, entries));
    REQUIRE(answer.receipts.size() == 2);
    CHECK(answer.receipts[0].verdict == model::Verdict::accepted);
    visits.refused(answer.receipts[1], "terminal_ended");
    CHECK(visits.town.record_of(visits.pharmacy).ended_at == visits.town.now());
    CHECK(visits.facility_wraps(visits.pharmacy) == 0);
    // The answer may have been lost: the same push gets the same receipts, anything new is refused.
    CHECK(must(visits.town.push(visits.pharmacy, entries)).receipts == answer.receipts);
    const auto more =
        visits.town.push(visits.pharmacy, {visits.town.write(visits.pharmacy, model::LedgerKind::sign_in, {})});
    REQUIRE_FALSE(more);
    CHECK(more.fault() == base::Fault::denied);
}
