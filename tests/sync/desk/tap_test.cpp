#include "tests/fakes/full_disk.h"
#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

TEST_CASE("tap: a patient never seen here opens with their card, offline") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    const auto start = pharmacy.desk->tap(patient.card.identity);
    REQUIRE(start);
    CHECK(start->confirm);
    CHECK(start->window_days == 60);
    CHECK(start->until == model::window_end(pharmacy.clock.wall(), 60, model::TimeZone{}));
    CHECK(start->sections.has(Section::medication));
    CHECK_FALSE(start->sections.has(Section::care));
    REQUIRE(pharmacy.desk->unlock(patient.card.answers(start->first, start->second)));
    const auto challenge = pharmacy.desk->draft_grant();
    REQUIRE(challenge);
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in});  // nothing yet
    const auto summary = pharmacy.desk->open(patient.card.answer(*challenge));
    REQUIRE(summary);

    CHECK((*summary)->patient == patient.ref);
    CHECK((*summary)->person.kanji == "臼杵 花子");
    CHECK((*summary)->person.kana == "ウスキ ハナコ");
    REQUIRE((*summary)->allergies.size() == 1);
    CHECK((*summary)->allergies.front().what == "ペニシリン");
    REQUIRE((*summary)->medicines.size() == 1);
    CHECK((*summary)->medicines.front().name == "アムロジピン錠5mg");
    CHECK((*summary)->sections == model::SectionSet{}.with(Section::emergency).with(Section::medication));
    CHECK((*summary)->as_of == pharmacy.clock.wall() - 24h);  // the oldest part is the honest one

    // Seen from outside: grant and view, and what the region can read in them.
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::grant, LedgerKind::view});
    const auto entries = pharmacy.ledger();
    const auto granted = pharmacy.region.read(entries[1]);
    REQUIRE(granted.grant.has_value());
    CHECK(granted.grant->patient == patient.ref);
    CHECK(granted.grant->expires_at == start->until);
    CHECK(granted.grant->staff.str() == "0000000001");
    CHECK(granted.idm == patient.card.identity.idm);
    CHECK(pharmacy.region.judge(entries[1], patient.card).verdict == model::Verdict::accepted);
    const auto viewed = pharmacy.region.read(entries[2]);
    CHECK(viewed.patient == patient.ref);
    CHECK(viewed.grant_id == granted.grant->id);
    CHECK(viewed.sections == (*summary)->sections);
    CHECK(viewed.staff.str() == "0000000001");
    CHECK(wire::verify_chain(std::nullopt, entries, pharmacy.enrolment.signing.verify));
}

TEST_CASE("tap: the view is on the disk before the package is opened") {
    Pharmacy pharmacy;
    auto patient = pharmacy.region.admit("0000000007");
    // Sealed as it should be, but what is inside cannot be read: by then the entry must stand.
    pharmacy.region.publish_raw(patient, Section::emergency, 1, base::Bytes{1, 2, 3}, pharmacy.clock.wall());
    pharmacy.sync();
    pharmacy.sign_in();
    CHECK_FALSE(pharmacy.tap(patient.card));
    CHECK(pharmacy.kinds().back() == LedgerKind::view);
}

TEST_CASE("tap: a disk that refuses to write opens nothing") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.unlock(patient.card));
    const auto challenge = pharmacy.desk->draft_grant();
    REQUIRE(challenge);
    {
        const fakes::FullDisk full;
        const auto summary = pharmacy.desk->open(patient.card.answer(*challenge));
        CHECK_FALSE(summary);
        const bool said = summary.fault() == Fault::io || summary.fault() == Fault::disk_full;
        CHECK(said);
    }
    CHECK(pharmacy.desk->windows()->empty());
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in});
    // With room again the same tap goes on.
    CHECK(pharmacy.desk->open(patient.card.answer(*challenge)));
    CHECK(pharmacy.desk->windows()->size() == 1);
}

TEST_CASE("tap: a forged card opens nothing and is written down") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    CHECK(pharmacy.unlock(patient.card.forged()).fault() == Fault::wrong_key);
    CHECK(pharmacy.desk->draft_grant().fault() == Fault::out_of_order);
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::card_refused});
    const auto body = pharmacy.region.read(pharmacy.ledger().back());
    CHECK(body.note == "lock_not_opened");
    CHECK(body.idm == patient.card.identity.idm);
    CHECK(body.patient == patient.ref);
    CHECK(pharmacy.desk->windows()->empty());
}

TEST_CASE("tap: an unknown card, a revoked card and an empty desk each get their own answer") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    CHECK(pharmacy.desk->tap(patient.card.identity).fault() == Fault::denied);  // nobody signed in
    pharmacy.sign_in();
    const auto stranger = fakes::make_card(card::CardKind::patient, "0000000008");
    CHECK(pharmacy.desk->tap(stranger.identity).fault() == Fault::not_found);
    pharmacy.region.feed.push_back(model::RevokedCard{patient.index});
    pharmacy.sync();
    CHECK(pharmacy.desk->tap(patient.card.identity).fault() == Fault::denied);
    CHECK(pharmacy.region.read(pharmacy.ledger().back()).note == "card_revoked");
}

TEST_CASE("tap: what the patient keeps from this facility does not open here, whatever opened before") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    pharmacy.region.feed.push_back(model::Exclusion{patient.ref, pharmacy.enrolment.facility.id, true});
    pharmacy.sync();
    const auto tapped = pharmacy.desk->tap(patient.card.identity);
    CHECK(tapped.fault() == Fault::denied);
    CHECK(tapped.error().detail == "excluded");
    CHECK_FALSE(pharmacy.desk->reopen(grant));
    REQUIRE(pharmacy.desk->tend());
    CHECK(pharmacy.desk->windows()->front().refused);
    pharmacy.region.feed.push_back(model::Exclusion{patient.ref, pharmacy.enrolment.facility.id, false});
    pharmacy.sync();
    CHECK(pharmacy.tap(patient.card));
}

TEST_CASE("tap: a card that cannot answer opens nothing, unless the policy says what of a confirmed window") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto presented = [&] {
        REQUIRE(pharmacy.desk->tap(patient.card.identity));
        return pharmacy.desk->open_presented();
    };
    CHECK(presented().error().detail == "presented_only");
    pharmacy.settle(patient.card);
    CHECK(presented().error().detail == "presented_only");

    auto policy = model::default_policy();
    ++policy.version;
    policy.types[model::FacilityType::pharmacy].presented_sections = model::SectionSet{}.with(Section::emergency);
    pharmacy.region.feed.push_back(policy);
    pharmacy.sync();
    const auto summary = presented();
    REQUIRE(summary);
    CHECK((*summary)->sections == model::SectionSet{}.with(Section::emergency));
    CHECK((*summary)->medicines.empty());
    CHECK(pharmacy.region.read(pharmacy.ledger().back()).sections == (*summary)->sections);
    // A window the region has not confirmed is no such window.
    pharmacy.clock.pass(24h);
    REQUIRE(pharmacy.tap(patient.card));
    CHECK(presented().error().detail == "presented_only");
}

TEST_CASE("tap: an old card opens what the policy says of a live window, once the region has told whose it is") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    pharmacy.settle(patient.card);
    card::Identity old{card::Idm{{0x01, 0x14, 1, 2, 3, 4, 5, 6}}, {}, {}, patient.card.identity.record};
    old.chip = card::Chip::standard;
    old.profile = "old-card";
    CHECK(pharmacy.desk->tap(old).error().detail == "presented_only");

    const auto index = vault::number_index(pharmacy.region.index_key, old.record.number);
    pharmacy.region.feed.push_back(model::HolderLink{index, patient.ref, true});
    pharmacy.sync();
    REQUIRE(pharmacy.desk->tap(old));
    CHECK(pharmacy.desk->open_presented().error().detail == "presented_only");

    auto policy = model::default_policy();
    ++policy.version;
    policy.types[model::FacilityType::pharmacy].presented_sections = model::SectionSet{}.with(Section::emergency);
    pharmacy.region.feed.push_back(policy);
    pharmacy.sync();
    REQUIRE(pharmacy.desk->tap(old));
    const auto summary = pharmacy.desk->open_presented();
    REQUIRE(summary);
    CHECK((*summary)->sections == model::SectionSet{}.with(Section::emergency));
    CHECK(pharmacy.ledger().back().kind == LedgerKind::view);

    SECTION("whatever it answers, it opens no lock") {
        REQUIRE(pharmacy.desk->tap(old));
        std::vector<card::Proof> answers(2);
        CHECK(pharmacy.desk->unlock(std::move(answers)).fault() == Fault::not_found);
    }
    SECTION("lost, it is nobody's") {
        pharmacy.region.feed.push_back(model::HolderLink{index, patient.ref, false});
        pharmacy.sync();
        CHECK(pharmacy.desk->tap(old).error().detail == "presented_only");
    }
    SECTION("without a window it opens nothing") {
        pharmacy.clock.pass(24h * 61);
        REQUIRE(pharmacy.desk->tend());
        pharmacy.sign_in();
        REQUIRE(pharmacy.desk->tap(old));
        CHECK(pharmacy.desk->open_presented().error().detail == "presented_only");
    }
}

TEST_CASE("tap: a patient without anything at all has nothing to prove themselves by") {
    Pharmacy pharmacy;
    auto patient = pharmacy.region.admit("0000000007");
    pharmacy.sync();
    pharmacy.sign_in();
    CHECK(pharmacy.unlock(patient.card).fault() == Fault::not_found);
    CHECK(pharmacy.desk->history().fault() == Fault::out_of_order);
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in});
}

TEST_CASE("tap: of a patient with a section of others alone nothing opens, and who looked is theirs to see") {
    Pharmacy pharmacy;
    auto patient = pharmacy.region.admit("0000000007");
    pharmacy.region.publish(patient, Section::care, 1, fakes::section_of("臼杵 花子", "ウスキ ハナコ"),
                            pharmacy.clock.wall());
    pharmacy.sync();
    pharmacy.sign_in();
    const auto unlocked = pharmacy.unlock(patient.card);
    REQUIRE(unlocked);
    CHECK_FALSE(unlocked->record);
    const auto challenge = pharmacy.desk->draft_grant();
    REQUIRE(challenge);
    CHECK(pharmacy.desk->open(patient.card.answer(*challenge)).fault() == Fault::not_found);
    CHECK(pharmacy.desk->history());
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::history_shown});
    CHECK(pharmacy.unlock(patient.card.forged()).fault() == Fault::wrong_key);
}

TEST_CASE("tap: the steps come in their order or not at all") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    CHECK(pharmacy.desk->unlock({}).fault() == Fault::out_of_order);
    CHECK(pharmacy.desk->open(card::Proof{}).fault() == Fault::out_of_order);
    REQUIRE(pharmacy.desk->tap(patient.card.identity));
    CHECK(pharmacy.desk->draft_grant().fault() == Fault::out_of_order);
    CHECK(pharmacy.desk->open(card::Proof{}).fault() == Fault::out_of_order);
    REQUIRE(pharmacy.unlock(patient.card));
    CHECK(pharmacy.desk->open(card::Proof{}).fault() == Fault::out_of_order);
    pharmacy.desk->forget_tap();
    CHECK(pharmacy.desk->draft_grant().fault() == Fault::out_of_order);
}

TEST_CASE("tap: not now is on the record and opens nothing") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.unlock(patient.card));
    REQUIRE(pharmacy.desk->decline());
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::declined});
    const auto body = pharmacy.region.read(pharmacy.ledger().back());
    CHECK(body.patient == patient.ref);
    CHECK(body.note == "not_now");
    CHECK(pharmacy.desk->draft_grant().fault() == Fault::out_of_order);
    CHECK(pharmacy.desk->windows()->empty());
    CHECK(pharmacy.connection().windows()->empty());
}

TEST_CASE("tap: the patient is asked as the policy says") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    auto policy = model::default_policy();
    const auto set = [&](model::Confirm rule) {
        ++policy.version;
        policy.types[model::FacilityType::pharmacy].confirm = rule;
        pharmacy.region.feed.push_back(policy);
        pharmacy.sync();
    };
    const auto asked = [&] { return pharmacy.desk->tap(patient.card.identity)->confirm; };
    CHECK(asked());  // first: no window yet
    set(model::Confirm::never);
    CHECK_FALSE(asked());
    REQUIRE(pharmacy.tap(patient.card));
    set(model::Confirm::first);
    CHECK_FALSE(asked());
    set(model::Confirm::always);
    CHECK(asked());
    set(model::Confirm::first);
    pharmacy.clock.pass(24h * 61);
    CHECK(asked());  // the window is over, whether or not it was ended yet
}

TEST_CASE("tap: a facility type without sections may look at nobody") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    auto policy = model::default_policy();
    ++policy.version;
    policy.types.erase(model::FacilityType::pharmacy);
    pharmacy.region.feed.push_back(policy);
    pharmacy.sync();
    pharmacy.sign_in();
    CHECK(pharmacy.desk->tap(patient.card.identity).fault() == Fault::denied);
}

TEST_CASE("tap: a patient with two cards opens with each of them") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    auto second = pharmacy.region.admit("0000000007");
    // The second lock is the same patient's; its wraps hold the same data keys.
    std::get<model::Lock>(pharmacy.region.feed.back()).patient = patient.ref;
    for (const auto& [section, key] : patient.keys) {
        const model::PackageId id{patient.ref, section, 1};
        pharmacy.region.feed.push_back(
            model::Wrap{model::WrapFor::card, id, second.index, vault::wrap(second.card_key, id, key)});
    }
    pharmacy.sync();
    pharmacy.sign_in();
    for (const auto* card : {&patient.card, &second.card}) {
        const auto summary = pharmacy.tap(*card);
        REQUIRE(summary);
        CHECK((*summary)->patient == patient.ref);
        CHECK((*summary)->medicines.size() == 1);
    }
    CHECK(pharmacy.desk->windows()->size() == 1);
}

TEST_CASE("tap: a line cut between a newer version's wraps and its package leaves the older one open") {
    Pharmacy pharmacy;
    auto patient = pharmacy.admit_hanako();
    pharmacy.region.publish(patient, Section::medication, 2,
                            fakes::section_of("臼杵 花子", "ウスキ ハナコ", fakes::medicine_entry("ワーファリン錠1mg")),
                            pharmacy.clock.wall());
    const auto package = pharmacy.region.feed.back();
    pharmacy.region.feed.pop_back();
    pharmacy.sync();
    pharmacy.sign_in();
    const auto before = pharmacy.tap(patient.card);
    REQUIRE(before);
    CHECK((*before)->medicines.front().name == "アムロジピン錠5mg");
    // With its package the newer one opens, also from the window of that tap.
    pharmacy.region.feed.push_back(package);
    pharmacy.sync();
    const auto after = pharmacy.desk->reopen(pharmacy.only_window());
    REQUIRE(after);
    CHECK((*after)->medicines.front().name == "ワーファリン錠1mg");
}

TEST_CASE("tap: signing out forgets the card that lies there") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.unlock(patient.card));
    REQUIRE(pharmacy.desk->sign_out());
    CHECK(pharmacy.desk->draft_grant().fault() == Fault::out_of_order);
}

TEST_CASE("tap: at rest no file of the store holds a name or a medicine") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    REQUIRE(pharmacy.desk->windows());
    for (const char* secret : {"臼杵 花子", "ハナコ", "アムロジピン", "ペニシリン", "野津"}) {
        CHECK_FALSE(pharmacy.on_disk(secret));
    }
}
