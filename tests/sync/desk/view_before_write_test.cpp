// Nothing is shown before it is written (design §1.4): on a disk that stops accepting writes nothing opens, whichever
// way is tried.
#include "sync/fhir/looks.h"
#include "sync/vault/capsule.h"
#include "sync/wire/capsule.h"
#include "tests/fakes/full_disk.h"
#include "tests/sync/desk/ambulance.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

// What the disk refused is said as what it was, and nothing of it is in the ledger.
template <class T>
void check_refused(Pharmacy& at, const base::Result<T>& answer, std::size_t entries) {
    REQUIRE_FALSE(answer);
    const bool said = answer.fault() == Fault::io || answer.fault() == Fault::disk_full;
    CHECK(said);
    CHECK(at.ledger().size() == entries);
}

// `act` on a full disk opens nothing; with room again it does.
template <class Act>
void check_written_first(Pharmacy& at, const Act& act) {
    const auto entries = at.ledger().size();
    {
        std::optional<fakes::FullDisk> full{std::in_place};
        const auto refused = act();
        full.reset();
        check_refused(at, refused, entries);
    }
    CHECK(act());
    CHECK(at.ledger().size() > entries);
}

}  // namespace

TEST_CASE("view before write: a tap") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.unlock(patient.card));
    const auto challenge = pharmacy.desk->draft_grant();
    check_written_first(pharmacy, [&] { return pharmacy.desk->open(patient.card.answer(*challenge)); });
}

TEST_CASE("view before write: what the card itself says") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    const vault::CapsuleEpochKey key{1, vault::random_key<vault::CapsuleKey>()};
    REQUIRE(pharmacy.connection().put_capsule_keys({{1, vault::seal_capsule_key(pharmacy.facility_key.seal, key)}}));
    model::Capsule capsule;
    capsule.date = base::Date{std::chrono::sys_days{}};
    const auto facts = wire::pack_capsule(wire::fit(capsule));
    const auto pads = vault::seal_capsule(key, 1, patient.card.identity.idm, facts, pharmacy.region.signing);
    pharmacy.sign_in();
    const std::vector<card::Block> read{pads.begin(), pads.end()};
    check_written_first(pharmacy, [&] { return pharmacy.desk->capsule(patient.card.identity, read); });
}

TEST_CASE("view before write: a window opened again") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    check_written_first(pharmacy, [&] { return pharmacy.desk->reopen(grant); });
}

TEST_CASE("view before write: break-glass, and the search before it") {
    Ambulance ambulance;
    ambulance.sign_in();
    check_written_first(ambulance, [&] { return ambulance.desk->search({"ウスキ", "", "", ""}, 10); });
    check_written_first(ambulance, [&] { return ambulance.break_glass(); });
}

TEST_CASE("view before write: the patient's history, and what they have to be told of it") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.region.publish(
        patient, Section::history, 1,
        fhir::looks_bundle({{model::GrantId{{2}}, pharmacy.clock.wall(), "臼杵消防署", fhir::Look::Kind::emergency,
                             model::SectionSet{}.with(Section::emergency), "disaster", true}}),
        pharmacy.clock.wall());
    pharmacy.sync();
    pharmacy.sign_in();
    check_written_first(pharmacy, [&] { return pharmacy.unlock(patient.card); });
    check_written_first(pharmacy, [&] { return pharmacy.desk->history(); });
}

TEST_CASE("view before write: the patient alone") {
    Pharmacy kiosk{{model::FacilityType::city_hall, "F0001-T1", {}}};
    const auto patient = kiosk.admit_hanako();
    REQUIRE(kiosk.unlock(patient.card));
    const auto challenge = kiosk.desk->draft_grant();
    check_written_first(kiosk, [&] { return kiosk.desk->open(patient.card.answer(*challenge)); });
}

TEST_CASE("view before write: a card that cannot answer, on a window the region confirmed") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    auto policy = model::default_policy();
    ++policy.version;
    policy.types[model::FacilityType::pharmacy].presented_sections = model::SectionSet{}.with(Section::emergency);
    pharmacy.region.feed.push_back(policy);
    pharmacy.sync();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    pharmacy.settle(patient.card);
    REQUIRE(pharmacy.desk->tap(patient.card.identity));
    check_written_first(pharmacy, [&] { return pharmacy.desk->open_presented(); });
}
