#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using Step = state::Tap::Step;
using During = state::DeskFailed::During;

namespace {

Counter signed_in() {
    Counter counter;
    counter.sign_in();
    return counter;
}

}  // namespace

TEST_CASE("tap: a patient's card with nobody signed in asks for staff first") {
    Counter counter;
    counter.lay_patient();
    CHECK(counter.told("staff_first"));
    CHECK(!counter.asked<state::LookUpCard>());
    CHECK(!counter.state.tap);
}

TEST_CASE("tap: every step asks for the next one, until the summary is on the screen") {
    auto counter = signed_in();
    counter.lay_patient();
    CHECK(counter.asked<state::LookUpCard>()->session == patient_card);
    counter.know_patient();
    REQUIRE(counter.asked<state::ProveCard>());
    CHECK(counter.asked<state::ProveCard>()->challenges.size() == 2);
    CHECK(counter.asked<state::ProveCard>()->challenges[0].bytes[0] == 1);
    counter.card(card::Proved{patient_card, proofs(2)});
    CHECK(counter.asked<state::Unlock>()->answers.size() == 2);
    counter.happens(state::Unlocked{patient_card});
    CHECK(counter.nothing());
    CHECK(counter.state.screen == Screen::consent);
    counter.does(state::AgreeConsent{});
    CHECK(counter.asked<state::DraftGrant>());
    card::Challenge third;
    third.bytes[0] = 3;
    counter.happens(state::GrantDrafted{patient_card, third});
    REQUIRE(counter.asked<state::ProveCard>());
    CHECK(counter.asked<state::ProveCard>()->challenges == std::vector{third});
    counter.card(card::Proved{patient_card, proofs(1)});
    CHECK(counter.asked<state::OpenSummary>());
    counter.happens(state::SummaryOpened{patient_card, summary()});
    CHECK(counter.state.screen == Screen::summary);
    CHECK(counter.state.summary);
    CHECK(counter.state.summary_with_card);
    CHECK(counter.asked<state::PlaySound>()->sound == state::PlaySound::Sound::card_read);
}

TEST_CASE("tap: without a question of the policy the grant is drafted at once") {
    auto counter = signed_in();
    counter.lay_patient();
    counter.know_patient(false);
    counter.card(card::Proved{patient_card, proofs(2)});
    counter.happens(state::Unlocked{patient_card});
    CHECK(counter.asked<state::DraftGrant>());
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("tap: the figure starts when the reader told of the card") {
    auto counter = signed_in();
    const auto told = counter.state.at;
    counter.to_summary();
    CHECK(counter.state.summary_tap_at == told);
}

TEST_CASE("tap: not now is on the record and opens nothing") {
    auto counter = signed_in();
    counter.to_consent();
    counter.does(state::DeclineConsent{});
    CHECK(counter.asked<state::DeclineGrant>());
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(counter.told("declined"));
    CHECK(!counter.state.tap);
}

TEST_CASE("tap: yes pressed twice makes one grant, and not now comes too late after yes") {
    auto counter = signed_in();
    counter.to_consent();
    counter.does(state::AgreeConsent{});
    counter.does(state::AgreeConsent{});
    CHECK(counter.nothing());
    counter.does(state::DeclineConsent{});
    CHECK(counter.nothing());
    CHECK(counter.state.screen == Screen::consent);
}

TEST_CASE("tap: taking the card away clears the summary at once and refreshes the list") {
    auto counter = signed_in();
    counter.to_summary();
    counter.card(card::CardGone{patient_card});
    CHECK(counter.state.screen == Screen::home);
    CHECK(!counter.state.summary);
    CHECK(!counter.state.tap);
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(counter.asked<state::ListWindows>());
    CHECK(counter.asked<state::SyncNow>());
}

TEST_CASE("tap: a card taken away during consent is forgotten") {
    auto counter = signed_in();
    counter.to_consent();
    counter.card(card::CardGone{patient_card});
    CHECK(counter.told("card_taken"));
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(!counter.asked<state::DeclineGrant>());
}

TEST_CASE("tap: a card torn off at any step keeps nothing and asks to hold it again") {
    auto counter = signed_in();
    counter.lay_patient();
    SECTION("while looked up") {}
    SECTION("while proving") { counter.know_patient(); }
    SECTION("while unlocking") {
        counter.know_patient();
        counter.card(card::Proved{patient_card, proofs(2)});
    }
    SECTION("while drafting") {
        counter.know_patient(false);
        counter.card(card::Proved{patient_card, proofs(2)});
        counter.happens(state::Unlocked{patient_card});
    }
    SECTION("while signing") {
        counter.know_patient(false);
        counter.card(card::Proved{patient_card, proofs(2)});
        counter.happens(state::Unlocked{patient_card});
        counter.happens(state::GrantDrafted{patient_card, {}});
    }
    counter.card(card::CardTorn{patient_card});
    CHECK(counter.told("card_torn"));
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(!counter.state.tap);
    counter.card(card::CardGone{patient_card});
    CHECK(counter.told("card_torn"));
    counter.lay_patient(7);
    CHECK(counter.asked<state::LookUpCard>()->session == 7);
}

TEST_CASE("tap: answers of an older card change nothing, whatever the step") {
    auto counter = signed_in();
    counter.lay_patient(2);
    counter.card(card::CardGone{2});
    counter.lay_patient(3);
    counter.know_patient(true, 2);
    CHECK(counter.nothing());
    counter.know_patient(true, 3);
    counter.card(card::Proved{2, proofs(2)});
    CHECK(counter.nothing());
    counter.card(card::Proved{3, proofs(2)});
    counter.happens(state::Unlocked{2});
    CHECK(counter.state.screen == Screen::home);
    counter.happens(state::Unlocked{3});
    counter.does(state::AgreeConsent{});
    counter.happens(state::GrantDrafted{2, {}});
    CHECK(counter.nothing());
    counter.happens(state::GrantDrafted{3, {}});
    counter.card(card::Proved{3, proofs(1)});
    counter.happens(state::SummaryOpened{2, summary()});
    CHECK(!counter.state.summary);
    counter.card(card::CardTorn{2});
    counter.happens(state::DeskFailed{2, During::open, {base::Fault::io, ""}});
    CHECK(counter.state.tap->step == Step::opening);
    counter.happens(state::SummaryOpened{3, summary()});
    CHECK(counter.state.summary);
    counter.card(card::CardGone{2});
    CHECK(counter.state.summary);
}

TEST_CASE("tap: a summary that arrives after its card has gone is not kept, but its window is listed") {
    auto counter = signed_in();
    counter.to_opening();
    counter.card(card::CardGone{patient_card});
    counter.happens(state::SummaryOpened{patient_card, summary()});
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::notice);
    CHECK(counter.asked<state::ListWindows>());
}

TEST_CASE("tap: a summary that arrives after sign-out is not kept") {
    auto counter = signed_in();
    counter.to_opening();
    counter.does(state::SignOut{});
    counter.happens(state::SummaryOpened{patient_card, summary()});
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::idle);
}

TEST_CASE("tap: the card's answers count only once") {
    auto counter = signed_in();
    counter.lay_patient();
    counter.know_patient();
    counter.card(card::Proved{patient_card, proofs(2)});
    counter.card(card::Proved{patient_card, proofs(2)});
    CHECK(counter.nothing());
}

TEST_CASE("tap: an answer with too few proofs is a fault of the card") {
    auto counter = signed_in();
    counter.lay_patient();
    counter.know_patient();
    counter.card(card::Proved{patient_card, proofs(1)});
    CHECK(counter.told("card_fault"));
    CHECK(!counter.state.tap);
}

TEST_CASE("tap: another patient's card ends what was going on, at every step") {
    auto counter = signed_in();
    SECTION("at consent") { counter.to_consent(); }
    SECTION("while opening") { counter.to_opening(); }
    SECTION("with the summary open") { counter.to_summary(); }
    counter.lay_patient(9);
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(counter.asked<state::LookUpCard>()->session == 9);
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.state.tap->session == 9);
    counter.happens(state::SummaryOpened{patient_card, summary()});
    CHECK(!counter.state.summary);
}

TEST_CASE("tap: a staff card laid over an open summary hides it before anybody is asked") {
    auto counter = signed_in();
    counter.to_summary();
    counter.lay_staff(9, "0000000102");
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("tap: a card that cannot answer the lock is forged, and that stays until somebody has read it") {
    auto counter = signed_in();
    counter.lay_patient();
    counter.know_patient();
    counter.card(card::Proved{patient_card, proofs(2)});
    counter.happens(state::DeskFailed{patient_card, During::unlock, {base::Fault::wrong_key, ""}});
    CHECK(counter.told("forged_card"));
    CHECK(counter.state.notice->tone == Notice::Tone::refused);
    CHECK(counter.asked<state::PlaySound>()->sound == state::PlaySound::Sound::refused);
    counter.pass(60s);
    CHECK(counter.told("forged_card"));
    counter.does(state::DismissNotice{});
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("tap: an unknown card is not yet here, or not a member, depending on what has arrived") {
    auto counter = signed_in();
    counter.lay_patient();
    SECTION("everything has arrived") {
        counter.happens(state::DeskFailed{patient_card, During::tap, {base::Fault::not_found, ""}});
        CHECK(counter.told("not_member"));
    }
    SECTION("the first sync is under way") {
        counter.state.sync.caught_up = false;
        counter.happens(state::DeskFailed{patient_card, During::tap, {base::Fault::not_found, ""}});
        CHECK(counter.told("not_synced"));
    }
    SECTION("the line is down") {
        counter.state.sync.line = engine::SyncStatus::Line::offline;
        counter.happens(state::DeskFailed{patient_card, During::tap, {base::Fault::not_found, ""}});
        CHECK(counter.told("not_synced"));
    }
    SECTION("it was stopped") {
        counter.happens(state::DeskFailed{patient_card, During::tap, {base::Fault::denied, ""}});
        CHECK(counter.told("card_revoked"));
    }
}

TEST_CASE("tap: every failure of the desk has its own sentence and wipes the tap") {
    struct Case {
        During during;
        base::Fault fault;
        const char* notice;
    };
    for (const auto& [during, fault, notice] : {
             Case{During::unlock, base::Fault::not_found, "no_record"},
             Case{During::unlock, base::Fault::denied, "not_entitled"},
             Case{During::draft, base::Fault::denied, "not_entitled"},
             Case{During::draft, base::Fault::timeout, "desk_failed"},
             Case{During::open, base::Fault::malformed, "record_damaged"},
             Case{During::open, base::Fault::wrong_key, "record_damaged"},
             Case{During::open, base::Fault::disk_full, "disk_full"},
             Case{During::open, base::Fault::corrupt, "store_failed"},
         }) {
        auto counter = signed_in();
        counter.lay_patient();
        counter.know_patient(false);
        counter.card(card::Proved{patient_card, proofs(2)});
        if (during != During::unlock) counter.happens(state::Unlocked{patient_card});
        if (during == During::open) {
            counter.happens(state::GrantDrafted{patient_card, {}});
            counter.card(card::Proved{patient_card, proofs(1)});
        }
        counter.happens(state::DeskFailed{patient_card, during, {fault, ""}});
        CHECK(counter.told(notice));
        CHECK(counter.asked<state::ForgetTap>());
        CHECK(!counter.state.tap);
    }
}

TEST_CASE("tap: a failure of a step that is over changes nothing") {
    auto counter = signed_in();
    counter.to_consent();
    counter.happens(state::DeskFailed{patient_card, During::unlock, {base::Fault::wrong_key, ""}});
    counter.happens(state::DeskFailed{patient_card, During::tap, {base::Fault::not_found, ""}});
    CHECK(counter.state.screen == Screen::consent);
}

TEST_CASE("tap: closing the summary with the card still there forgets the tap") {
    auto counter = signed_in();
    counter.to_summary();
    counter.does(state::CloseSummary{});
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(counter.state.screen == Screen::home);
    CHECK(!counter.state.summary);
    counter.card(card::CardGone{patient_card});
    CHECK(counter.state.screen == Screen::home);
}
