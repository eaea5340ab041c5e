#include "sync/fhir/looks.h"
#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

using Told = fhir::Look::Kind;

model::GrantId grant_id(std::uint8_t first) {
    model::GrantId id;
    id.bytes[0] = first;
    return id;
}

// What the region has told of a patient: a clinic's grant, and an ambulance that broke the glass.
std::vector<fhir::Look> told(const Pharmacy& pharmacy) {
    const auto now = pharmacy.clock.wall();
    return {
        {grant_id(1), now - 48h, "臼杵中央医院", Told::grant, model::SectionSet{}.with(Section::clinical), "", false},
        {grant_id(2), now - 24h, "臼杵消防署", Told::emergency, model::SectionSet{}.with(Section::emergency),
         "unconscious", true}};
}
void tell(Pharmacy& pharmacy, fakes::SmallRegion::Patient& patient, std::int64_t version,
          const std::vector<fhir::Look>& looks) {
    pharmacy.region.publish(patient, Section::history, version, fhir::looks_bundle(looks), pharmacy.clock.wall());
    pharmacy.sync();
}

}  // namespace

TEST_CASE("history: the patient's card shows who looked, what the region told and what happened here since") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    tell(pharmacy, patient, 1, told(pharmacy));
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));  // the card lies there still
    const auto before = pharmacy.ledger().size();
    auto looks = pharmacy.desk->history();
    REQUIRE(looks);
    REQUIRE(looks->size() == 3);
    const auto& here = looks->front();
    CHECK(here.facility == "臼杵たちばな薬局");
    CHECK(here.kind == desk::Look::Kind::grant);
    CHECK(here.at == pharmacy.clock.wall());
    CHECK_FALSE(here.sent);
    CHECK((*looks)[1].facility == "臼杵消防署");
    CHECK((*looks)[1].kind == desk::Look::Kind::emergency);
    CHECK((*looks)[1].reason == "unconscious");
    CHECK((*looks)[1].sent);
    CHECK((*looks)[2].sections == model::SectionSet{}.with(Section::clinical));
    CHECK(pharmacy.ledger().size() == before + 1);
    const auto body = pharmacy.region.read(pharmacy.ledger().back());
    CHECK(pharmacy.kinds().back() == LedgerKind::history_shown);
    CHECK(body.patient == patient.ref);
    CHECK(body.note.empty());
    CHECK(body.sections == model::SectionSet{}.with(Section::history));

    // Confirmed by the region, and then in its own words: once, not twice.
    pharmacy.settle(patient.card);
    looks = pharmacy.desk->history();
    REQUIRE(looks->size() == 3);
    CHECK(looks->front().sent);
    auto more = told(pharmacy);
    more.push_back({pharmacy.only_window(), pharmacy.clock.wall(), "臼杵たちばな薬局", Told::grant,
                    model::SectionSet{}.with(Section::medication), "", false});
    tell(pharmacy, patient, 2, more);
    looks = pharmacy.desk->history();
    REQUIRE(looks->size() == 3);
    CHECK(looks->front().sections == model::SectionSet{}.with(Section::medication));
}

TEST_CASE("history: it wants the patient's own card, and no window holds it") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    tell(pharmacy, patient, 1, told(pharmacy));
    pharmacy.sign_in();
    CHECK(pharmacy.desk->history().fault() == Fault::out_of_order);
    REQUIRE(pharmacy.desk->tap(patient.card.identity));
    CHECK(pharmacy.desk->history().fault() == Fault::out_of_order);
    CHECK(pharmacy.unlock(patient.card.forged()).fault() == Fault::wrong_key);
    CHECK(pharmacy.desk->history().fault() == Fault::out_of_order);
    REQUIRE(pharmacy.tap(patient.card));
    const auto wraps = pharmacy.connection().window_wraps(pharmacy.only_window());
    for (const auto& wrap : wraps.value()) {
        CHECK(wrap.package.section != Section::history);
    }
    pharmacy.desk->forget_tap();
    CHECK(pharmacy.desk->history().fault() == Fault::out_of_order);
    const auto kinds = pharmacy.kinds();
    // Only the notices of the tap; nothing of the refused tries.
    CHECK(std::count(kinds.begin(), kinds.end(), LedgerKind::history_shown) == 1);
}

TEST_CASE("history: nobody looked yet") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.unlock(patient.card));
    const auto looks = pharmacy.desk->history();
    REQUIRE(looks);
    CHECK(looks->empty());
}

TEST_CASE("notices: the patient is told of a broken glass at the next tap, until they were told") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    tell(pharmacy, patient, 1, told(pharmacy));
    pharmacy.sign_in();
    auto unlocked = pharmacy.unlock(patient.card);
    REQUIRE(unlocked);
    REQUIRE(unlocked->notices.size() == 1);
    const auto& notice = unlocked->notices.front();
    CHECK(notice.view == grant_id(2));
    CHECK(notice.facility == "臼杵消防署");
    CHECK(notice.reason == "unconscious");
    CHECK(notice.at == pharmacy.clock.wall() - 24h);
    // On the record before it was on the screen.
    CHECK(pharmacy.kinds().back() == LedgerKind::history_shown);
    CHECK(pharmacy.region.read(pharmacy.ledger().back()).note == "notices");

    // The card was taken away before it was read: it is told again.
    pharmacy.desk->forget_tap();
    unlocked = pharmacy.unlock(patient.card);
    REQUIRE(unlocked->notices.size() == 1);
    REQUIRE(pharmacy.desk->notices_read({grant_id(2), grant_id(7)}));
    CHECK(pharmacy.kinds().back() == LedgerKind::notice_shown);
    const auto body = pharmacy.region.read(pharmacy.ledger().back());
    CHECK(body.grant_id == grant_id(2));
    CHECK(body.patient == patient.ref);
    const auto entries = pharmacy.ledger().size();
    CHECK(pharmacy.unlock(patient.card)->notices.empty());
    CHECK(pharmacy.ledger().size() == entries);
    pharmacy.desk->forget_tap();
    CHECK(pharmacy.desk->notices_read({grant_id(2)}).fault() == Fault::out_of_order);
}

TEST_CASE("notices: a history that cannot be read does not keep the record from opening") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.region.publish_raw(patient, Section::history, 1, base::Bytes{1, 2, 3}, pharmacy.clock.wall());
    pharmacy.sync();
    pharmacy.sign_in();
    CHECK(pharmacy.tap(patient.card));
}
