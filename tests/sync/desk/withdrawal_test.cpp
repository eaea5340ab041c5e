#include "tests/fakes/full_disk.h"
#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

base::Status withdraw(Pharmacy& pharmacy, const SmallCard& card, bool everybody, const SmallCard* signer = nullptr) {
    KAZASHI_CHECK(pharmacy.unlock(card));
    const auto challenge = pharmacy.desk->draft_withdrawal(everybody);
    if (!challenge) return challenge.error();
    return pharmacy.desk->withdraw((signer != nullptr ? *signer : card).answer(*challenge));
}

}  // namespace

TEST_CASE("withdrawal: by the patient's card the window ends at once, with everything that could open it") {
    for (const bool everybody : {false, true}) {
        Pharmacy pharmacy;
        const auto patient = pharmacy.admit_hanako();
        pharmacy.sign_in();
        REQUIRE(pharmacy.tap(patient.card));
        const auto grant = pharmacy.only_window();
        const auto wraps = *pharmacy.connection().window_wraps(grant);
        REQUIRE(wraps.size() == 2);
        CHECK(pharmacy.on_disk(base::as_text(wraps.front().sealed)));
        REQUIRE(withdraw(pharmacy, patient.card, everybody));

        CHECK(pharmacy.connection().windows()->empty());
        CHECK(pharmacy.desk->reopen(grant).fault() == Fault::not_found);
        for (const auto& wrap : wraps) CHECK_FALSE(pharmacy.on_disk(base::as_text(wrap.sealed)));
        const auto kinds = pharmacy.kinds();
        REQUIRE(kinds.size() == 5);
        CHECK(kinds[3] == LedgerKind::withdrawal);
        CHECK(kinds[4] == LedgerKind::window_ended);
        const auto entries = pharmacy.ledger();
        const auto body = pharmacy.region.read(entries[3]);
        REQUIRE(body.withdrawal.has_value());
        CHECK(body.patient == patient.ref);
        CHECK(body.withdrawal->patient == patient.ref);
        CHECK(body.withdrawal->terminal == pharmacy.enrolment.terminal);
        CHECK(body.withdrawal->facility.str() == (everybody ? "" : "F0001"));
        CHECK(body.withdrawal->at == pharmacy.clock.wall());
        CHECK(body.idm == patient.card.identity.idm);
        CHECK(pharmacy.region.judge(entries[3], patient.card).verdict == model::Verdict::accepted);
        CHECK(pharmacy.region.read(entries[4]).note == "withdrawn");
        // The tap went with it; the card grants anew.
        CHECK(pharmacy.desk->draft_grant().fault() == Fault::out_of_order);
        CHECK(pharmacy.tap(patient.card));
    }
}

TEST_CASE("withdrawal: a proof of another card is refused by the region, the window here is closed all the same") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto other = fakes::make_card(card::CardKind::patient, "0000000009");
    REQUIRE(withdraw(pharmacy, patient.card, true, &other));
    CHECK(pharmacy.connection().windows()->empty());
    const auto entries = pharmacy.ledger();
    CHECK(pharmacy.region.judge(entries[3], patient.card).reason == "proof_wrong");
}

TEST_CASE("withdrawal: it wants the lock open and a draft, and leaves other patients alone") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    auto neighbour = pharmacy.region.admit("0000000008");
    pharmacy.region.publish(neighbour, Section::emergency, 1, fakes::section_of("津久見 太郎", "ツクミ タロウ"),
                            pharmacy.clock.wall());
    pharmacy.sync();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(neighbour.card));
    REQUIRE(pharmacy.tap(patient.card));
    pharmacy.desk->forget_tap();
    CHECK(pharmacy.desk->draft_withdrawal(true).fault() == Fault::out_of_order);
    REQUIRE(pharmacy.desk->tap(patient.card.identity));
    CHECK(pharmacy.desk->draft_withdrawal(true).fault() == Fault::out_of_order);
    REQUIRE(pharmacy.unlock(patient.card));
    CHECK(pharmacy.desk->withdraw(card::Proof{}).fault() == Fault::out_of_order);
    REQUIRE(withdraw(pharmacy, patient.card, true));
    const auto list = pharmacy.desk->windows();
    REQUIRE(list->size() == 1);
    CHECK(list->front().kanji == "津久見 太郎");
}

TEST_CASE("withdrawal: a card of which this facility may see nothing can still take back") {
    Pharmacy pharmacy;
    auto patient = pharmacy.region.admit("0000000007");
    pharmacy.region.publish(patient, Section::care, 1, fakes::section_of("臼杵 花子", "ウスキ ハナコ"),
                            pharmacy.clock.wall());
    pharmacy.sync();
    pharmacy.sign_in();
    const auto unlocked = pharmacy.unlock(patient.card);
    REQUIRE(unlocked);
    CHECK_FALSE(unlocked->record);
    const auto challenge = pharmacy.desk->draft_withdrawal(true);
    REQUIRE(challenge);
    CHECK(pharmacy.desk->withdraw(patient.card.answer(*challenge)));
    CHECK(pharmacy.kinds().back() == LedgerKind::withdrawal);
}

TEST_CASE("withdrawal: a disk that refuses to write withdraws nothing, and says so") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto grant = pharmacy.only_window();
    REQUIRE(pharmacy.unlock(patient.card));
    const auto challenge = pharmacy.desk->draft_withdrawal(false);
    REQUIRE(challenge);
    {
        const fakes::FullDisk full;
        CHECK_FALSE(pharmacy.desk->withdraw(patient.card.answer(*challenge)));
    }
    CHECK(pharmacy.only_window() == grant);
    CHECK(pharmacy.desk->withdraw(patient.card.answer(*challenge)));  // with room again the same answer does it
    CHECK(pharmacy.connection().windows()->empty());
}
