#include "tests/terminal/state/issuing_desk.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace kazashi::test::issuing;
using state::IssueVisit;
using wire::CardOutcome;
using wire::CardPurpose;
using Desk = IssuingDesk;
using Step = IssueVisit::Step;

TEST_CASE("issuing: only where the policy lets cards be made") {
    Counter counter;
    counter.sign_in();
    counter.does(state::ShowStaffMenu{});
    counter.does(state::ShowIssuing{});
    CHECK(counter.state.screen == Screen::staff_menu);
    Desk desk;
    desk.open();
    CHECK(desk.state.screen == Screen::issuing);
}

TEST_CASE("issuing: a number, a blank card, and it is on the record before the region hears of it") {
    Desk desk;
    desk.open();
    desk.type("000000012");
    desk.does(state::GoOn{});
    CHECK(desk.step() == Step::typing);  // nine digits are no number
    desk.does(state::PressDigit{3});
    desk.does(state::PressDigit{4});  // an eleventh is not taken
    desk.does(state::GoOn{});
    CHECK(desk.step() == Step::lay_card);
    desk.lay_blank(7);
    REQUIRE(desk.wanted<state::BeginCardOrder>());
    CHECK(desk.wanted<state::BeginCardOrder>()->number == number);
    CHECK_FALSE(desk.wanted<state::OrderCard>());
    desk.happens(state::CardOrderWritten{desk.state.issue->call});
    REQUIRE(desk.wanted<state::OrderCard>());
    CHECK(desk.wanted<state::OrderCard>()->idm == blank);
    CHECK(desk.wanted<state::OrderCard>()->wish.purpose == CardPurpose::issue);
}

TEST_CASE("issuing: frames go to the card and answers to the region, until it is over") {
    Desk desk;
    desk.begin();
    REQUIRE(desk.wanted<state::RelayFrames>());
    CHECK(desk.wanted<state::RelayFrames>()->session == 7);
    desk.card(card::Relayed{7, {{12}, {12}}});
    REQUIRE(desk.wanted<state::AnswerCard>());
    CHECK(desk.wanted<state::AnswerCard>()->answers.size() == 2);
    desk.region_says(4);
    CHECK(desk.state.issue->done == 4);
    desk.card(card::Relayed{7, {{12}}});
    desk.region_says(6, CardOutcome::done, "card_issued");
    CHECK(desk.step() == Step::over);
    CHECK(desk.state.issue->note == "card_issued");
    desk.does(state::GoOn{});
    CHECK(desk.step() == Step::typing);
    CHECK(desk.state.issue->number.empty());
}

TEST_CASE("issuing: a card taken away is asked for again, and no other one is taken for it") {
    Desk desk;
    desk.begin();
    desk.card(card::CardTorn{7});
    CHECK(desk.step() == Step::put_back);
    desk.card(card::CardGone{7});
    desk.lay_blank(8, other);
    CHECK(desk.step() == Step::put_back);
    CHECK_FALSE(desk.wanted<state::AnswerCard>());
    desk.card(card::CardGone{8});
    desk.lay_blank(9);
    CHECK(desk.step() == Step::working);
    REQUIRE(desk.wanted<state::AnswerCard>());
    CHECK(desk.wanted<state::AnswerCard>()->answers.empty());
    // Half done it has a record, and is seen as somebody's: still the same card.
    desk.region_says(2);
    desk.card(card::CardGone{9});
    auto half = identity(card::CardKind::patient, number);
    half.idm = blank;
    desk.card(card::CardSeen{10, desk.state.at, half});
    CHECK(desk.wanted<state::AnswerCard>());
    CHECK_FALSE(desk.state.tap.has_value());
}

TEST_CASE("issuing: taken away while the region thinks, its frames are not sent to anybody") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.card(card::CardGone{7});
    desk.region_says(3);
    CHECK_FALSE(desk.wanted<state::RelayFrames>());
    CHECK(desk.step() == Step::put_back);
    desk.lay_blank(8);
    CHECK(desk.wanted<state::AnswerCard>());
}

TEST_CASE("issuing: a number with a card gets a new one only when asked for") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.region_says(1, CardOutcome::refused, "has_card");
    CHECK(desk.step() == Step::over);
    desk.does(state::FinishCard{});
    CHECK(desk.step() == Step::over);
    desk.does(state::MakeAnother{});
    REQUIRE(desk.wanted<state::BeginCardOrder>());  // the card still lies there
    CHECK(desk.wanted<state::BeginCardOrder>()->purpose == CardPurpose::reissue);
    CHECK(desk.state.issue->number == number);
}

TEST_CASE("issuing: without a line it waits, and goes on where it was") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.happens(state::CardOrderFailed{desk.state.issue->call, base::Fault::offline});
    CHECK(desk.step() == Step::no_line);
    desk.does(state::GoOn{});
    CHECK(desk.step() == Step::working);
    REQUIRE(desk.wanted<state::AnswerCard>());
    CHECK(desk.wanted<state::AnswerCard>()->answers.empty());
    desk.happens(state::CardOrderFailed{desk.state.issue->call, base::Fault::denied});
    CHECK(desk.step() == Step::over);
    CHECK(desk.state.issue->note == "not_allowed");
}

TEST_CASE("issuing: what an older order still says is dropped") {
    Desk desk;
    desk.begin();
    const auto first = desk.state.issue->call;
    desk.card(card::Relayed{7, {{12}}});
    desk.region_says(1, CardOutcome::refused, "has_card");
    desk.does(state::MakeAnother{});
    REQUIRE(desk.state.issue->call != first);
    engine::CardTurn late;
    late.outcome = CardOutcome::done;
    desk.happens(state::CardTurned{first, std::move(late)});
    CHECK(desk.step() == Step::working);
}
