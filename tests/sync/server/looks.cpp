// What stands in "who looked" for the looks of one visit.
#include "tests/sync/server/visits.h"

using namespace kazashi;
using namespace kazashi::test;
using Kind = fhir::Look::Kind;

namespace {

std::vector<Kind> kinds(const std::vector<fhir::Look>& looks) {
    std::vector<Kind> all;
    for (const auto& look : looks) all.push_back(look.kind);
    return all;
}

}  // namespace

TEST_CASE("looks: a broken glass and the record seen through it are one look, as an emergency") {
    Visits visits;
    const auto body = visits.broken(visits.ambulance);
    SECTION("sent together") {
        const auto entry = visits.town.write(visits.ambulance, model::LedgerKind::break_glass, body);
        const auto view = visits.town.write(visits.ambulance, model::LedgerKind::view, visits.viewed(*body.grant));
        must(visits.town.push(visits.ambulance, {entry, view}));
    }
    SECTION("the line dropped between the two") {
        const auto view_body = visits.viewed(*body.grant);
        const auto entry = visits.town.write(visits.ambulance, model::LedgerKind::break_glass, body);
        const auto view = visits.town.write(visits.ambulance, model::LedgerKind::view, view_body);
        must(visits.town.push(visits.ambulance, {entry}));
        visits.town.clock.pass(std::chrono::hours{1});
        must(visits.town.push(visits.ambulance, {view}));
    }
    SECTION("refused by the region") {
        auto longer = body;
        longer.grant->expires_at += std::chrono::hours{1};
        visits.refused(visits.push(visits.ambulance, model::LedgerKind::break_glass, longer), "window_too_long");
        visits.push(visits.ambulance, model::LedgerKind::view, visits.viewed(*longer.grant));
    }
    const auto looks = visits.history(visits.pharmacy);
    REQUIRE(kinds(looks) == std::vector{Kind::emergency});
    CHECK(looks[0].reason == "unconscious");
    CHECK(looks[0].notice_pending);
}

TEST_CASE("looks: looking again through a broken glass is another emergency, and the patient is told of it once") {
    Visits visits;
    const auto body = visits.broken(visits.ambulance);
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::break_glass, body));
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::view, visits.viewed(*body.grant)));
    visits.town.clock.pass(std::chrono::minutes{20});
    auto again = visits.viewed(*body.grant);
    again.sections = model::SectionSet{}.with(model::Section::emergency);
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::view, again));
    const auto looks = visits.history(visits.pharmacy);
    REQUIRE(kinds(looks) == std::vector{Kind::emergency, Kind::emergency});
    CHECK(looks[0].at == visits.town.now());
    CHECK(looks[0].sections == again.sections);
    CHECK(looks[0].reason == "unconscious");
    CHECK_FALSE(looks[0].notice_pending);
    CHECK(looks[1].notice_pending);
}

TEST_CASE("looks: what is opened with the card stays a look of its own") {
    Visits visits;
    const auto grant = visits.tap(visits.pharmacy);
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::view, visits.viewed(grant)));
    CHECK(kinds(visits.history(visits.pharmacy)).size() == 2);
}
