// A card that has proved itself, of a patient of whom there is nothing this facility may see.
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

void to_nothing(Counter& counter, std::vector<desk::EmergencyView> told = {}) {
    counter.lay_patient();
    counter.know_patient();
    counter.card(card::Proved{patient_card, proofs(2)});
    counter.happens(state::Unlocked{patient_card, std::move(told), false});
}
Counter at_nothing() {
    Counter counter;
    counter.sign_in();
    to_nothing(counter);
    return counter;
}

}  // namespace

TEST_CASE("nothing here: it is said, and who looked is shown all the same") {
    auto counter = at_nothing();
    CHECK(counter.told("no_record"));
    CHECK(!counter.asked<state::DraftGrant>());
    CHECK(!counter.asked<state::ForgetTap>());
    CHECK(may_see_history(counter.state));
    counter.does(state::ShowHistory{});
    REQUIRE(counter.asked<state::ListHistory>());
    counter.happens(state::HistoryListed{patient_card, {look()}});
    CHECK(counter.state.screen == Screen::history);
    CHECK(may_withdraw(counter.state));
    counter.does(state::GoBack{});
    CHECK(counter.told("no_record"));
    CHECK(counter.state.history.empty());
    CHECK(may_see_history(counter.state));
}

TEST_CASE("nothing here: the patient takes it back, from everybody") {
    auto counter = at_nothing();
    counter.does(state::StartWithdrawal{});
    REQUIRE(counter.state.screen == Screen::withdraw);
    counter.does(state::GoBack{});
    CHECK(counter.told("no_record"));
    counter.does(state::StartWithdrawal{});
    counter.does(state::ChooseWithdrawal{true});
    counter.does(state::ConfirmWithdrawal{});
    REQUIRE(counter.asked<state::DraftWithdrawal>());
    CHECK(counter.asked<state::DraftWithdrawal>()->everybody);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::withdraw);  // it is being written
    counter.happens(state::WithdrawalDrafted{patient_card, {}});
    counter.card(card::Proved{patient_card, proofs(1)});
    REQUIRE(counter.asked<state::Withdraw>());
    counter.happens(state::Withdrawn{patient_card});
    CHECK(counter.told("withdrawn_everybody"));
}

TEST_CASE("nothing here: a card taken away leaves the sentence and nothing to choose") {
    auto counter = at_nothing();
    counter.card(card::CardGone{patient_card});
    CHECK(counter.told("no_record"));
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(!may_see_history(counter.state));
    CHECK(!may_withdraw(counter.state));
}

TEST_CASE("nothing here: a card taken away from its list closes the list") {
    auto counter = at_nothing();
    counter.to_history();
    counter.card(card::CardGone{patient_card});
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.state.history.empty());
    CHECK(counter.asked<state::ForgetTap>());
}

TEST_CASE("nothing here: read and done with, or left alone, the tap is forgotten") {
    for (const bool touched : {true, false}) {
        auto counter = at_nothing();
        touched ? counter.does(state::DismissNotice{}) : counter.pass(counter.state.policy.patient_idle);
        CHECK(counter.state.screen == Screen::home);
        CHECK(counter.asked<state::ForgetTap>());
        CHECK(!counter.state.tap);
    }
}

TEST_CASE("nothing here: who broke the glass is told before") {
    Counter counter;
    counter.sign_in();
    to_nothing(counter, {desk::EmergencyView{}});
    CHECK(counter.state.screen == Screen::told);
    counter.does(state::AcknowledgeViews{});
    CHECK(counter.asked<state::NoticesRead>());
    CHECK(counter.told("no_record"));
    CHECK(may_see_history(counter.state));
}

TEST_CASE("nothing here: another notice offers nothing of a patient's") {
    auto counter = at_nothing();
    counter.card(card::SeveralCards{9});
    CHECK(counter.told("several_cards"));
    CHECK(!may_see_history(counter.state));
    CHECK(!may_withdraw(counter.state));
}
