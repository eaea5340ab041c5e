// A capsule's whole way, in memory: the region makes it from the record, a virtual card holds it, a terminal that has
// not met the feed since its enrolment reads and opens it.
#include "tests/sync/capsule/region_and_terminal.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using base::Fault;
using model::LedgerKind;
using server::CapsuleStanding;

TEST_CASE(
    "capsule: a terminal that has met no feed since its enrolment shows what the card says, on the record first") {
    Region region;
    const auto issued = region.issue(hanako);
    HeldUp card{issued, region.pads_of(issued.card)};
    Terminal terminal{region, "F0002"};
    CHECK(must(terminal.connection().cursor()).seq == 0);
    terminal.sign_in();
    CHECK(terminal.desk->tap(card.identity).fault() == Fault::not_found);

    const auto capsule = must(terminal.desk->capsule(card.identity, card.read()));
    REQUIRE(capsule->facts.allergies.size() == 1);
    CHECK(capsule->facts.allergies[0] == model::CapsuleAllergy{"6132016", false, true, false});
    CHECK(capsule->facts.conditions == std::vector<std::string>{"Z992"});
    CHECK(capsule->facts.dialysis == model::Known::yes);
    CHECK(capsule->facts.pregnancy == model::Known::unknown);
    CHECK(capsule->facts.emergency_phone == "0972000001");
    CHECK(terminal.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::capsule_shown});
    CHECK(terminal.last_body().idm == issued.card.idm);
    CHECK(terminal.last_body().staff == model::StaffId{"0000009001"});
}

TEST_CASE("capsule: nobody signed in, nothing is opened, and its key is on the disk for nobody") {
    Region region;
    const auto issued = region.issue(hanako);
    HeldUp card{issued, region.pads_of(issued.card)};
    Terminal terminal{region, "F0002"};
    CHECK(terminal.desk->capsule(card.identity, card.read()).fault() == Fault::denied);
    terminal.sign_in();
    must(terminal.desk->lock());
    CHECK(terminal.desk->capsule(card.identity, card.read()).fault() == Fault::denied);
    // What lies there is sealed to a key that only the store key opens.
    REQUIRE(terminal.capsule_keys.size() == 1);
    const auto other = vault::make_sealing_pair();
    CHECK(vault::open_capsule_key(other, terminal.capsule_keys[0]).fault() == Fault::wrong_key);
}

TEST_CASE("capsule: another card's, a changed, a torn and an imitated one are refused and on the record") {
    Region region;
    const auto issued = region.issue(hanako);
    const auto other = region.issue("0000000002");
    const auto own = region.pads_of(issued.card);
    Terminal terminal{region, "F0002"};
    terminal.sign_in();
    const auto refused = [&](const vault::CapsulePads& pads) {
        const auto opened = terminal.desk->capsule(identity_of(issued.card), {pads.begin(), pads.end()});
        REQUIRE_FALSE(opened);
        CHECK(opened.fault() == Fault::bad_signature);
        CHECK(terminal.kinds().back() == LedgerKind::card_refused);
        CHECK(terminal.last_body().note == "capsule_not_genuine");
    };
    refused(region.pads_of(other.card));
    auto flipped = own;
    flipped[5].bytes[3] ^= 1;
    refused(flipped);
    auto torn = own;
    torn[12] = region.pads_of(other.card)[12];
    refused(torn);
    const vault::CapsuleEpochKey thiefs{1, vault::random_key<vault::CapsuleKey>()};
    refused(vault::seal_capsule(thiefs, 9, issued.card.idm, base::Bytes(vault::capsule_facts_size),
                                vault::make_signing_pair()));

    const auto empty = terminal.desk->capsule(identity_of(issued.card), std::vector<card::Block>(13));
    CHECK(empty.fault() == Fault::not_found);
    CHECK(terminal.desk->capsule(identity_of(issued.card), {}).fault() == Fault::malformed);
}

TEST_CASE("capsule: the same facts are the same octets; others, another epoch and a year make new ones") {
    Region region;
    const auto issued = region.issue(hanako);
    const auto first = region.pads_of(issued.card);
    CHECK(vault::capsule_header(first)->serial == 1);
    region.clock.pass(24h);
    CHECK(region.pads_of(issued.card) == first);
    CHECK(region.standing(issued.card, first) == CapsuleStanding::newest);
    CHECK(region.standing(issued.card, {}) == CapsuleStanding::none);

    region.import(bundle({hanako_herself(), allergy("a2", "YCM1149019F1560")}));
    const auto second = region.pads_of(issued.card);
    CHECK(vault::capsule_header(second)->serial == 2);
    CHECK(region.standing(issued.card, first) == CapsuleStanding::older);
    CHECK(region.standing(issued.card, second) == CapsuleStanding::newest);
    auto torn = first;
    for (std::size_t i = 6; i < torn.size(); ++i) torn[i] = second[i];
    CHECK(region.standing(issued.card, torn) == CapsuleStanding::damaged);

    region.new_epoch();
    CHECK(vault::capsule_header(region.pads_of(issued.card)).value() == vault::CapsuleHeader{2, 3});
    region.clock.pass(366 * 24h);
    CHECK(vault::capsule_header(region.pads_of(issued.card)).value() == vault::CapsuleHeader{2, 4});
}

TEST_CASE("capsule: a staff card has none, and a patient without a record an empty one") {
    Region region;
    const auto staff = region.issue("0000009002", card::CardKind::staff);
    must(region.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(const auto pads, server::capsule_pads(records, region.region().keys, staff.card, region.now()));
        CHECK_FALSE(pads.has_value());
        return base::ok();
    }));
    const auto nobody = region.issue("0000000003");
    HeldUp card{nobody, region.pads_of(nobody.card)};
    Terminal terminal{region, "F0002"};
    terminal.sign_in();
    const auto capsule = must(terminal.desk->capsule(card.identity, card.read()));
    CHECK(capsule->facts.allergy_knowledge == model::AllergyKnowledge::unknown);
    CHECK(capsule->facts.allergies.empty());
}

TEST_CASE(
    "capsule: types that may not see emergency facts get no key, and a new epoch begins when they may no longer") {
    Region region;
    const auto issued = region.issue(hanako);
    const auto before = region.pads_of(issued.card);
    Terminal office{region, "F0003"};
    CHECK(office.capsule_keys.size() == 1);
    must(region.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(auto policy, records.policy());
        ++policy.version;
        policy.types[model::FacilityType::city_hall] = {};
        return server::take_policy(records, region.region().keys, policy, region.now());
    }));
    CHECK(all<model::CapsuleKeyWrap>(region.feed(office.keys)).empty());
    Terminal late{region, "F0003"};
    CHECK(late.capsule_keys.empty());
    late.sign_in();
    HeldUp card{issued, region.pads_of(issued.card)};
    const auto refused = late.desk->capsule(card.identity, card.read());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail == "not_entitled");
    CHECK(vault::capsule_header(before)->epoch == 1);
    CHECK(vault::capsule_header(region.pads_of(issued.card))->epoch == 2);
}

TEST_CASE("capsule: after a stolen terminal a new epoch begins; old cards stay readable, new ones after the feed") {
    Region region;
    const auto issued = region.issue(hanako);
    HeldUp old_card{issued, region.pads_of(issued.card)};
    Terminal terminal{region, "F0002"};
    Terminal stolen{region, "F0001"};
    must(region.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_CHECK(server::lose_terminal(records, region.region().keys, stolen.keys.id, region.now()));
        return base::ok();
    }));
    HeldUp new_card{issued, region.pads_of(issued.card)};
    for (auto* one : {&terminal, &stolen}) {
        one->sign_in();
        CHECK(one->desk->capsule(old_card.identity, old_card.read()));
        const auto refused = one->desk->capsule(new_card.identity, new_card.read());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().detail == "capsule_epoch 2");
    }
    terminal.sync();
    CHECK(terminal.desk->capsule(new_card.identity, new_card.read()));
    CHECK(terminal.desk->capsule(old_card.identity, old_card.read()));
    CHECK(all<model::CapsuleKeyWrap>(region.feed(stolen.keys)).empty());
    // One that is enrolled today reads the cards of both epochs.
    Terminal late{region, "F0002"};
    late.sign_in();
    CHECK(late.desk->capsule(old_card.identity, old_card.read()));
    CHECK(late.desk->capsule(new_card.identity, new_card.read()));
}

TEST_CASE("capsule: a terminal enrolled before there were capsules gets its key by the feed") {
    Region region;
    const auto issued = region.issue(hanako);
    HeldUp card{issued, region.pads_of(issued.card)};
    Terminal terminal{region, "F0002"};
    const auto brought = all<model::CapsuleKeyWrap>(region.feed(terminal.keys));
    REQUIRE(brought.size() == 1);
    CHECK(brought[0].epoch == 1);
    const auto key = must(vault::open_capsule_key(terminal.keys.sealing, brought[0]));
    CHECK(vault::open_capsule({}, region.region().keys.signing.verify, issued.card.idm, region.pads_of(issued.card))
              .error()
              .detail == "capsule_epoch 1");
    CHECK(key.epoch == 1);
}

TEST_CASE("capsule: a lost card and a patient who wants nothing seen here are refused, once the feed has told") {
    Region region;
    const auto issued = region.issue(hanako);
    HeldUp card{issued, region.pads_of(issued.card)};
    Terminal terminal{region, "F0002"};
    must(region.repository().write([&](server::Records& records) {
        return server::revoke_cards(records, region.region().keys, card::CardKind::patient, hanako);
    }));
    terminal.sign_in();
    CHECK(terminal.desk->capsule(card.identity, card.read()));  // it cannot know
    terminal.sync();
    const auto refused = terminal.desk->capsule(card.identity, card.read());
    CHECK(refused.fault() == Fault::denied);
    CHECK(terminal.kinds().back() == LedgerKind::card_refused);
}

TEST_CASE("capsule: the region counts what was read from the card as a look, and the patient hears of it") {
    Region region;
    const auto issued = region.issue(hanako);
    auto pharmacist = region.enrol("F0001");
    wire::LedgerBody body;
    body.staff = model::StaffId{"0000009001"};
    body.idm = issued.card.idm;
    body.sections = model::SectionSet{}.with(model::Section::emergency);
    const auto answer = must(region.push(pharmacist, {region.write(pharmacist, LedgerKind::capsule_shown, body)}));
    REQUIRE(answer.receipts.size() == 1);
    CHECK(answer.receipts[0].verdict == model::Verdict::accepted);
    must(region.repository().read([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(const auto patient, records.patient_numbered(hanako));
        KAZASHI_TRY(const auto looks, records.looks(patient->ref, 10));
        REQUIRE(looks.size() == 1);
        CHECK(looks[0].facility == "facility F0001");
        CHECK(looks[0].sections == body.sections);
        return base::ok();
    }));
    body.idm = card::Idm{};
    const auto unknown = must(region.push(pharmacist, {region.write(pharmacist, LedgerKind::capsule_shown, body)}));
    CHECK(unknown.receipts[0].verdict == model::Verdict::refused);
}
