#include "sync/server/withdrawal_desk.h"

#include "tests/sync/server/visits.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

void withdrawn(Visits& visits, const TestTerminal& terminal, const model::Grant& grant, const std::string& reason) {
    const auto news = visits.news_of(terminal, grant);
    REQUIRE(news.has_value());
    CHECK(news->state == model::GrantState::withdrawn);
    CHECK(news->reason == reason);
    CHECK(all<model::SharedWindow>(visits.town.feed(terminal)).empty());
    CHECK(visits.facility_wraps(terminal) == 0);
}
void alive(Visits& visits, const TestTerminal& terminal, const model::Grant& grant) {
    CHECK(visits.news_of(terminal, grant)->state == model::GrantState::confirmed);
    CHECK(visits.facility_wraps(terminal) > 0);
}

}  // namespace

TEST_CASE("withdrawal: by card, at any terminal, for one facility or all") {
    Visits visits;
    const auto at_pharmacy = visits.tap(visits.pharmacy);
    const auto at_hall = visits.tap(visits.kiosk);
    visits.town.clock.pass(std::chrono::minutes{5});
    SECTION("this facility") {
        visits.accepted(
            visits.push(visits.pharmacy, model::LedgerKind::withdrawal, visits.taken_back(visits.pharmacy, "F0001")));
        withdrawn(visits, visits.pharmacy, at_pharmacy, "withdrawn_by_patient");
        alive(visits, visits.kiosk, at_hall);
        CHECK(visits.history(visits.kiosk).front().facility == "facility F0001");
    }
    SECTION("another facility's, from here") {
        visits.accepted(
            visits.push(visits.kiosk, model::LedgerKind::withdrawal, visits.taken_back(visits.kiosk, "F0001")));
        withdrawn(visits, visits.pharmacy, at_pharmacy, "withdrawn_by_patient");
        alive(visits, visits.kiosk, at_hall);
    }
    SECTION("everybody's") {
        visits.accepted(
            visits.push(visits.ambulance, model::LedgerKind::withdrawal, visits.taken_back(visits.ambulance, "")));
        withdrawn(visits, visits.pharmacy, at_pharmacy, "withdrawn_by_patient");
        withdrawn(visits, visits.kiosk, at_hall, "withdrawn_by_patient");
        CHECK(visits.history(visits.kiosk).front().facility.empty());
    }
    CHECK(visits.history(visits.kiosk).front().kind == fhir::Look::Kind::withdrawal);
    // What is new reaches nobody who was sent away.
    visits.town.import(bundle({patient_of(visitor_number), medicine(visitor_number, "m2", "ロキソニン")}));
    CHECK(visits.facility_wraps(visits.pharmacy) == 0);
    // And the patient may come back.
    visits.town.clock.pass(std::chrono::minutes{5});
    alive(visits, visits.pharmacy, visits.tap(visits.pharmacy));
}

TEST_CASE("withdrawal: broken glass is over with it too") {
    Visits visits;
    const auto body = visits.broken(visits.ambulance);
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::break_glass, body));
    visits.town.clock.pass(std::chrono::minutes{5});
    visits.accepted(
        visits.push(visits.pharmacy, model::LedgerKind::withdrawal, visits.taken_back(visits.pharmacy, "")));
    CHECK(visits.news_of(visits.ambulance, *body.grant)->state == model::GrantState::withdrawn);
}

TEST_CASE("withdrawal: what the card has not answered is refused and ends nothing") {
    Visits visits;
    const auto grant = visits.tap(visits.pharmacy);
    auto body = visits.taken_back(visits.pharmacy, "F0001");
    std::string reason;
    SECTION("a wrong proof") {
        body.proof[0] ^= 1U;
        reason = "proof_wrong";
    }
    SECTION("widened after the card answered") {
        body.withdrawal->facility = {};
        reason = "proof_wrong";
    }
    SECTION("no proof") {
        body.proof.clear();
        reason = "grant_incomplete";
    }
    SECTION("no withdrawal") {
        body.withdrawal.reset();
        reason = "grant_incomplete";
    }
    SECTION("of another terminal") {
        body = visits.taken_back(visits.kiosk, "F0001");
        reason = "not_entitled";
    }
    SECTION("a facility there is not") {
        body = visits.taken_back(visits.pharmacy, "F9999");
        reason = "not_entitled";
    }
    SECTION("by another patient's card") {
        visits.town.import(bundle({patient_of("0000000002", "ベツ ジン")}));
        visits.card = simulator::VirtualCard{simulated(visits.town.issue("0000000002"))};
        body = visits.taken_back(visits.pharmacy, "F0001");
        reason = "wrong_patient";
    }
    visits.refused(visits.push(visits.pharmacy, model::LedgerKind::withdrawal, body), reason);
    alive(visits, visits.pharmacy, grant);
}

TEST_CASE("withdrawal: a repeat ends nothing that came after it") {
    Visits visits;
    const auto body = visits.taken_back(visits.pharmacy, "F0001");
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::withdrawal, body));
    visits.town.clock.pass(std::chrono::hours{1});
    const auto grant = visits.tap(visits.pharmacy);
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::withdrawal, body));
    alive(visits, visits.pharmacy, grant);
    auto other = body;
    other.withdrawal->facility = {};
    visits.refused(visits.push(visits.pharmacy, model::LedgerKind::withdrawal, other), "grant_repeated");
}

TEST_CASE("withdrawal: one made off-line ends what was granted before it and nothing granted after") {
    Visits visits;
    const auto early = visits.town.draft(visits.kiosk, visitor_number);
    const auto early_body = visits.town.proved(early, visits.card);
    visits.town.clock.pass(std::chrono::hours{1});
    const auto body = visits.taken_back(visits.pharmacy, "");
    visits.town.clock.pass(std::chrono::hours{1});
    const auto late = visits.tap(visits.kiosk);
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::withdrawal, body));
    alive(visits, visits.kiosk, late);
    // The earlier grant was taken back before anybody heard of it.
    visits.accepted(visits.push(visits.kiosk, model::LedgerKind::grant, early_body));
    CHECK(visits.news_of(visits.kiosk, early)->state == model::GrantState::withdrawn);
}

TEST_CASE("withdrawal: on paper") {
    Visits visits;
    const auto at_pharmacy = visits.tap(visits.pharmacy);
    const auto at_hall = visits.tap(visits.kiosk);
    const auto on_paper = [&](const std::string& number, const std::string& facility) {
        return visits.write([&](server::Records& records) {
            return server::withdraw_on_paper(records, visits.town.packer(), number, model::FacilityId{facility},
                                             visits.town.now());
        });
    };
    CHECK(on_paper("0000009999", "").fault() == base::Fault::not_found);
    CHECK(on_paper(visitor_number, "F9999").fault() == base::Fault::not_found);
    must(on_paper(visitor_number, "F0001"));
    withdrawn(visits, visits.pharmacy, at_pharmacy, "withdrawn_by_patient");
    alive(visits, visits.kiosk, at_hall);
    CHECK(visits.history(visits.kiosk).front().kind == fhir::Look::Kind::withdrawal);
}

TEST_CASE("exclusion: the facility sees nothing, card or not, until it is undone") {
    Visits visits;
    const auto grant = visits.tap(visits.pharmacy);
    const auto exclude = [&](bool undo) {
        return visits.write([&](server::Records& records) {
            return server::exclude(records, {visitor_number, model::FacilityId{"F0001"}, undo}, visits.town.now());
        });
    };
    CHECK(exclude(true).fault() == base::Fault::denied);
    must(exclude(false));
    CHECK(exclude(false).fault() == base::Fault::denied);
    withdrawn(visits, visits.pharmacy, grant, "excluded");
    const auto told = [&] { return all<model::Exclusion>(visits.town.feed(visits.pharmacy)); };
    REQUIRE(told().size() == 1);
    CHECK(told()[0] == model::Exclusion{visits.patient(), model::FacilityId{"F0001"}, true});
    CHECK(all<model::Exclusion>(visits.town.feed(visits.kiosk)).empty());
    const auto again = visits.town.proved(visits.town.draft(visits.pharmacy, visitor_number), visits.card);
    visits.refused(visits.push(visits.pharmacy, model::LedgerKind::grant, again), "excluded");
    must(exclude(true));
    REQUIRE(told().size() == 1);
    CHECK_FALSE(told()[0].active);
    visits.town.clock.pass(std::chrono::minutes{5});
    alive(visits, visits.pharmacy, visits.tap(visits.pharmacy));
}
