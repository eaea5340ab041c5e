#include "tests/sync/desk/ambulance.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

TEST_CASE("break-glass: an ambulance finds a patient and opens the emergency sections without the card") {
    Ambulance ambulance;
    ambulance.sign_in();
    const auto found = ambulance.desk->search({"うすき", "", "", ""}, 10);
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].kana == "ウスキ タロウ");
    CHECK_FALSE((*found)[0].record);
    CHECK((*found)[1].kanji == "臼杵 花子");
    CHECK((*found)[1].born == "1941-05-03");
    CHECK((*found)[1].address == "大分県臼杵市大字臼杵72番地");
    CHECK((*found)[1].sex == model::Sex::female);
    CHECK((*found)[1].record);
    REQUIRE(ambulance.desk->search({"ウスキ", "", "", ""}, 10));
    CHECK(*ambulance.desk->places() ==
          std::vector<std::string>{"大分県臼杵市大字臼杵", "大分県臼杵市野津町大字野津市"});
    // The index is opened once, and that is on the record.
    CHECK(ambulance.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::name_search});

    const auto summary = ambulance.break_glass();
    REQUIRE(summary);
    CHECK((*summary)->person.kanji == "臼杵 花子");
    CHECK((*summary)->allergies.size() == 1);
    CHECK((*summary)->sections == model::SectionSet{}.with(Section::emergency).with(Section::medication));
    CHECK(ambulance.kinds() ==
          std::vector{LedgerKind::sign_in, LedgerKind::name_search, LedgerKind::break_glass, LedgerKind::view});
    const auto entries = ambulance.ledger();
    const auto broken = ambulance.region.read(entries[2]);
    CHECK(broken.note == "unconscious");
    CHECK(broken.patient == ambulance.hanako.ref);
    CHECK(broken.staff.str() == "0000000001");
    CHECK(broken.second_staff.empty());
    CHECK(broken.proof.empty());
    REQUIRE(broken.grant.has_value());
    CHECK(broken.grant->purpose == model::purpose::emergency);
    const auto viewed = ambulance.region.read(entries[3]);
    CHECK(viewed.grant_id == broken.grant->id);
    CHECK(viewed.sections == (*summary)->sections);
}

TEST_CASE("break-glass: it ends by itself after the policy's hours, to the millisecond") {
    Ambulance ambulance;
    auto policy = model::default_policy();
    ++policy.version;
    policy.types[model::FacilityType::fire].emergency_hours = 7;
    ambulance.region.feed.push_back(policy);
    ambulance.sync();
    ambulance.sign_in();
    REQUIRE(ambulance.break_glass());
    const auto list = ambulance.desk->windows();
    REQUIRE(list->size() == 1);
    CHECK(list->front().emergency);
    CHECK(list->front().kanji == "臼杵 花子");
    CHECK(list->front().until == ambulance.clock.wall() + 7h);
    const auto grant = list->front().grant;
    const auto wraps = *ambulance.connection().window_wraps(grant);
    REQUIRE(wraps.size() == 2);

    ambulance.clock.pass(7h - 1ms);
    CHECK(ambulance.desk->reopen(grant));
    CHECK_FALSE(*ambulance.desk->tend());
    ambulance.clock.pass(1ms);
    CHECK(ambulance.desk->reopen(grant).fault() == Fault::denied);
    CHECK(*ambulance.desk->tend());
    CHECK(ambulance.desk->windows()->empty());
    for (const auto& wrap : wraps) CHECK_FALSE(ambulance.on_disk(base::as_text(wrap.sealed)));
}

TEST_CASE("break-glass: the policy's emergency sections and no other") {
    Ambulance ambulance;
    auto policy = model::default_policy();
    ++policy.version;
    policy.types[model::FacilityType::fire].emergency_sections = model::SectionSet{}.with(Section::emergency);
    ambulance.region.feed.push_back(policy);
    ambulance.sync();
    ambulance.sign_in();
    const auto summary = ambulance.break_glass();
    REQUIRE(summary);
    CHECK((*summary)->sections == model::SectionSet{}.with(Section::emergency));
    CHECK((*summary)->medicines.empty());
    CHECK(ambulance.connection().window_wraps(ambulance.only_window())->size() == 1);
}

TEST_CASE("break-glass: denied to those not signed in, not entitled or without the key, and of nobody's exclusion") {
    SECTION("nobody signed in") {
        Ambulance ambulance;
        CHECK(ambulance.break_glass().fault() == Fault::denied);
        CHECK(ambulance.desk->search({"ウスキ", "", "", ""}, 10).fault() == Fault::denied);
        CHECK(ambulance.kinds().empty());
    }
    SECTION("a pharmacy, even one that holds a key") {
        Ambulance pharmacy{model::FacilityType::pharmacy};
        pharmacy.sign_in();
        CHECK(*pharmacy.desk->break_glass_rule() == model::BreakGlass::never);
        CHECK(pharmacy.break_glass().error().detail == "not_entitled");
        CHECK(pharmacy.desk->search({"ウスキ", "", "", ""}, 10).error().detail == "not_entitled");
        CHECK(pharmacy.desk->places().error().detail == "not_entitled");
        CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in});
    }
    SECTION("no emergency key") {
        Pharmacy bare{{model::FacilityType::fire, "F0001-T1", {}}};
        const auto patient = bare.admit_hanako();
        bare.sign_in();
        CHECK(bare.desk->break_glass(patient.ref, "unconscious", std::nullopt).error().detail == "no_emergency_key");
        CHECK(bare.desk->search({"ウスキ", "", "", ""}, 10).error().detail == "no_emergency_key");
    }
    SECTION("a key that is another terminal's") {
        Pharmacy bare{{model::FacilityType::fire, "F0001-T1", {}}};
        const auto patient = bare.admit_hanako();
        bare.region.entitle(vault::make_sealing_pair().seal);
        bare.sync();
        bare.sign_in();
        CHECK(bare.desk->break_glass(patient.ref, "unconscious", std::nullopt).error().detail == "no_emergency_key");
    }
    SECTION("a reason that is none") {
        Ambulance ambulance;
        ambulance.sign_in();
        for (const char* reason : {"", "curious"}) {
            CHECK(ambulance.desk->break_glass(ambulance.hanako.ref, reason, std::nullopt).fault() == Fault::malformed);
        }
        CHECK(ambulance.kinds() == std::vector{LedgerKind::sign_in});
    }
    SECTION("a patient who keeps this facility out") {
        Ambulance ambulance;
        ambulance.region.feed.push_back(model::Exclusion{ambulance.hanako.ref, ambulance.enrolment.facility.id, true});
        ambulance.sync();
        ambulance.sign_in();
        CHECK(ambulance.break_glass().error().detail == "excluded");
        CHECK_FALSE(ambulance.desk->search({"ハナコ", "", "", ""}, 10)->front().record);
    }
    SECTION("a patient of whom there is nothing") {
        Ambulance ambulance;
        ambulance.sign_in();
        CHECK(ambulance.desk->break_glass(ambulance.other, "disaster", std::nullopt).fault() == Fault::not_found);
        CHECK(ambulance.kinds() == std::vector{LedgerKind::sign_in});
    }
}

TEST_CASE("break-glass: a hospital needs a second member of staff, whose card and PIN are checked") {
    Ambulance hospital{model::FacilityType::hospital};
    hospital.sign_in();
    CHECK(*hospital.desk->break_glass_rule() == model::BreakGlass::two_staff);
    CHECK(hospital.break_glass().error().detail == "second_staff_needed");
    CHECK(hospital.break_glass(hospital.second(hospital.staff, Pharmacy::right_pin)).error().detail == "same_staff");
    CHECK(hospital.kinds() == std::vector{LedgerKind::sign_in});

    CHECK(hospital.break_glass(hospital.second(hospital.colleague, "0000")).fault() == Fault::wrong_key);
    CHECK(hospital.kinds().back() == LedgerKind::sign_in_failed);
    CHECK(hospital.break_glass(hospital.second(hospital.colleague, std::nullopt)).fault() == Fault::denied);
    CHECK(hospital.connection().windows()->empty());

    REQUIRE(hospital.break_glass(hospital.second(hospital.colleague, Pharmacy::other_pin)));
    const auto entries = hospital.ledger();
    const auto broken = hospital.region.read(entries[entries.size() - 2]);
    CHECK(broken.staff.str() == "0000000001");
    CHECK(broken.second_staff.str() == "0000000002");
    CHECK(hospital.desk->who()->staff.str() == "0000000001");  // still whoever it was
}

TEST_CASE("break-glass: within a colleague's shift their card alone agrees") {
    Ambulance hospital{model::FacilityType::hospital};
    REQUIRE(hospital.try_sign_in(hospital.colleague, Pharmacy::other_pin));
    REQUIRE(hospital.desk->lock());
    hospital.sign_in();
    CHECK(hospital.break_glass(hospital.second(hospital.colleague.forged(), std::nullopt)).fault() == Fault::wrong_key);
    REQUIRE(hospital.break_glass(hospital.second(hospital.colleague, std::nullopt)));
}

TEST_CASE("break-glass: where a window lives there is no glass to break") {
    Ambulance hospital{model::FacilityType::hospital};
    hospital.sign_in();
    REQUIRE(hospital.tap(hospital.hanako.card));
    const auto grant = hospital.only_window();
    const auto summary = hospital.break_glass();
    REQUIRE(summary);
    CHECK(hospital.opened_from == grant);
    CHECK(hospital.kinds().back() == LedgerKind::view);
    CHECK(hospital.region.read(hospital.ledger().back()).grant_id == grant);
    const auto kinds = hospital.kinds();
    CHECK(std::count(kinds.begin(), kinds.end(), LedgerKind::break_glass) == 0);
    CHECK(hospital.only_window() == grant);
    CHECK_FALSE(hospital.desk->windows()->front().emergency);
}

TEST_CASE("break-glass: the patient's card makes an ordinary window of it") {
    Ambulance ambulance;
    ambulance.sign_in();
    REQUIRE(ambulance.break_glass());
    CHECK(ambulance.desk->windows()->front().emergency);
    CHECK_FALSE(ambulance.desk->tap(ambulance.hanako.card.identity)->confirm);  // the crew does not ask
    REQUIRE(ambulance.tap(ambulance.hanako.card));
    REQUIRE(ambulance.desk->windows()->size() == 1);
    CHECK_FALSE(ambulance.desk->windows()->front().emergency);
}

TEST_CASE("break-glass: the patient sees it among who looked, also before the region knows") {
    Ambulance ambulance;
    ambulance.sign_in();
    REQUIRE(ambulance.break_glass());
    REQUIRE(ambulance.unlock(ambulance.hanako.card));
    const auto looks = ambulance.desk->history();
    REQUIRE(looks->size() == 1);
    CHECK(looks->front().kind == desk::Look::Kind::emergency);
    CHECK(looks->front().reason == "unconscious");
    CHECK_FALSE(looks->front().sent);
}

TEST_CASE("break-glass: what the region refuses closes at once, and says why") {
    Ambulance ambulance;
    ambulance.sign_in();
    REQUIRE(ambulance.break_glass());
    const auto grant = ambulance.only_window();
    CHECK(ambulance.opened_from == grant);
    ambulance.region.feed.push_back(model::GrantNews{grant, model::GrantState::refused, "not_entitled"});
    ambulance.sync();
    CHECK(ambulance.desk->reopen(grant).fault() == Fault::denied);
    REQUIRE(ambulance.desk->tend());
    CHECK(ambulance.desk->windows()->front().refused);
    CHECK(ambulance.desk->windows()->front().reason == "not_entitled");
}

TEST_CASE("break-glass: after a new epoch the old pages and wraps stay closed, the new ones open") {
    Ambulance ambulance;
    ambulance.region.emergency_key = vault::random_key<vault::EmergencyKey>();
    ambulance.region.publish_names(
        2, {{model::PatientRef{{7}}, "津久見 次郎", "ツクミ ジロウ", "1950-02-02", "0972820000", "津久見市1", 1}}, 2);
    ambulance.sync();
    ambulance.sign_in();
    // The new key has not come yet: what is of the old epoch is found.
    CHECK(ambulance.desk->search({"ツクミ", "", "", ""}, 10)->empty());
    CHECK(ambulance.desk->search({"ウスキ", "", "", ""}, 10)->size() == 2);
    ambulance.region.entitle(ambulance.facility_key.seal, 2);
    ambulance.sync();
    REQUIRE(ambulance.desk->lock());
    ambulance.sign_in();
    CHECK(ambulance.desk->search({"ツクミ", "", "", ""}, 10)->size() == 1);
    CHECK(ambulance.desk->search({"ウスキ", "", "", ""}, 10)->size() == 2);
}
