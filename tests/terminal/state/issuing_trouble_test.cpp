// Making a card, where hands, cards and lines are not as they should be.
#include "tests/terminal/state/issuing_desk.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace kazashi::test::issuing;
using state::IssueVisit;
using wire::CardOutcome;
using wire::CardPurpose;
using Desk = IssuingDesk;
using Step = IssueVisit::Step;

namespace {

template <class Wanted>
int count(const Desk& desk) {
    return static_cast<int>(
        std::ranges::count_if(desk.effects, [](const auto& effect) { return std::holds_alternative<Wanted>(effect); }));
}

}  // namespace

TEST_CASE("issuing: lifted and laid again while the region is asked, nothing is asked twice") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    REQUIRE(desk.wanted<state::AnswerCard>());
    for (const auto session : {card::SessionNumber{8}, card::SessionNumber{9}}) {  // also twice
        desk.card(card::CardGone{session - 1});
        CHECK(desk.step() == Step::put_back);
        desk.lay_blank(session);
        CHECK(desk.step() == Step::working);
        CHECK_FALSE(desk.wanted<state::AnswerCard>());
    }
    // The one answer there is was to the card before: its frames go nowhere, and the card is looked at again.
    desk.region_says(3);
    CHECK_FALSE(desk.wanted<state::RelayFrames>());
    REQUIRE(count<state::AnswerCard>(desk) == 1);
    CHECK(desk.wanted<state::AnswerCard>()->answers.empty());
    desk.region_says(3);
    CHECK(count<state::RelayFrames>(desk) == 1);
    CHECK_FALSE(desk.wanted<state::AnswerCard>());
}

TEST_CASE("issuing: laid again while the region is asked, the end it tells is the end") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.card(card::CardGone{7});
    desk.lay_blank(8);
    desk.region_says(6, CardOutcome::done, "card_issued");
    CHECK(desk.step() == Step::over);
    CHECK_FALSE(desk.wanted<state::AnswerCard>());
}

TEST_CASE("issuing: laid again while the line fails, it is asked once more") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.card(card::CardGone{7});
    desk.lay_blank(8);
    desk.happens(state::CardOrderFailed{desk.state.issue->call, base::Fault::offline});
    CHECK(count<state::AnswerCard>(desk) == 1);
    desk.happens(state::CardOrderFailed{desk.state.issue->call, base::Fault::offline});
    CHECK(desk.step() == Step::no_line);
}

TEST_CASE("issuing: lifted before it is on the record, the card is asked for, and ordered once") {
    for (const bool laid_first : {false, true}) {
        Desk desk;
        desk.open();
        desk.type_number();
        desk.lay_blank(7);
        desk.card(card::CardGone{7});
        if (laid_first) {
            desk.lay_blank(8);
            CHECK_FALSE(desk.wanted<state::OrderCard>());  // not before the record
        }
        desk.happens(state::CardOrderWritten{desk.state.issue->call});
        if (!laid_first) {
            CHECK(desk.nothing());
            CHECK(desk.step() == Step::put_back);
            desk.lay_blank(8);
        }
        CHECK(count<state::OrderCard>(desk) == 1);
        desk.region_says(1);
        CHECK(count<state::RelayFrames>(desk) == 1);
        CHECK(desk.step() == Step::working);
    }
}

TEST_CASE("issuing: after the line came back, another card is not taken for the order's") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.happens(state::CardOrderFailed{desk.state.issue->call, base::Fault::offline});
    desk.card(card::CardGone{7});
    desk.lay_blank(8, other);
    desk.does(state::GoOn{});
    CHECK(desk.step() == Step::put_back);
    CHECK_FALSE(desk.wanted<state::AnswerCard>());
}

TEST_CASE("issuing: a card that falls silent under way is to be put back") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {}});
    CHECK(desk.step() == Step::put_back);
    CHECK_FALSE(desk.wanted<state::AnswerCard>());
    desk.card(card::CardGone{7});
    desk.lay_blank(8);
    CHECK(count<state::AnswerCard>(desk) == 1);
}

TEST_CASE("issuing: what is finished is on the record, and on the screen, as whose it is") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    engine::CardTurn turn;
    turn.outcome = CardOutcome::refused;
    turn.note = "card_unfinished";
    turn.whose = {card::CardKind::staff, "0000000077"};
    desk.happens(state::CardTurned{desk.state.issue->call, std::move(turn)});
    REQUIRE(desk.state.issue->whose.has_value());
    desk.does(state::FinishCard{});
    REQUIRE(desk.wanted<state::BeginCardOrder>());
    CHECK(desk.wanted<state::BeginCardOrder>()->number == "0000000077");
    CHECK(desk.wanted<state::BeginCardOrder>()->kind == card::CardKind::staff);
    CHECK(desk.wanted<state::BeginCardOrder>()->idm == blank);
    CHECK(desk.state.issue->whose.has_value());
    desk.happens(state::CardOrderWritten{desk.state.issue->call});
    CHECK(desk.wanted<state::OrderCard>()->wish.number.empty());
}

TEST_CASE("issuing: of another card than the one that was told of, nobody knows whose it is") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.region_says(1, CardOutcome::refused, "card_unfinished");
    desk.state.issue->whose = {card::CardKind::patient, "0000000077"};
    desk.card(card::CardGone{7});
    desk.does(state::FinishCard{});
    CHECK(desk.step() == Step::lay_card);
    desk.lay_blank(8, other);
    REQUIRE(desk.wanted<state::BeginCardOrder>());
    CHECK(desk.wanted<state::BeginCardOrder>()->number.empty());
    CHECK_FALSE(desk.state.issue->whose.has_value());
}

TEST_CASE("issuing: a card that cannot be it is said, and heard, until one comes that can") {
    using Event = card::CardEvent;
    using Card = card::ForeignCard;
    const std::vector<Event (*)()> wrong{
        [] { return Event{card::SeveralCards{7}}; },
        [] {
            return Event{card::CardForeign{7, Card::transit}};
        },
        [] {
            return Event{card::CardForeign{7, Card::other_region}};
        },
        [] {
            return Event{card::CardForeign{7, Card::unknown}};
        },
        [] { return Event{card::CardTorn{7}}; },
        [] {
            return Event{card::CardFault{7, base::Error{base::Fault::unsupported, ""}}};
        },
    };
    for (const auto& event : wrong) {
        Desk desk;
        desk.open();
        desk.card(event());
        CHECK(desk.nothing());  // while the number is typed, a card means nothing
        desk.card(card::CardGone{7});
        desk.type_number();
        desk.card(event());
        CHECK(desk.step() == Step::lay_card);
        CHECK(desk.state.issue->trouble.has_value());
        REQUIRE(desk.wanted<state::PlaySound>());
        CHECK(desk.wanted<state::PlaySound>()->sound == state::PlaySound::Sound::refused);
        desk.card(card::CardGone{7});
        CHECK(desk.state.issue->trouble.has_value());
        desk.lay_blank(8);
        CHECK_FALSE(desk.state.issue->trouble.has_value());
    }
    Desk silent;
    silent.open();
    silent.type_number();
    silent.card(card::CardForeign{7, card::ForeignCard::empty_lite_s});
    silent.card(card::Relayed{7, {}});
    CHECK(silent.state.issue->trouble.has_value());
    CHECK(silent.wanted<state::PlaySound>());
}

TEST_CASE("issuing: a card refused, another is laid on for the same number") {
    for (const auto* note :
         {"card_unreadable", "card_in_use", "card_revoked", "card_foreign", "card_scrap", "card_stuck"})
        for (const bool pressed : {false, true}) {
            INFO(note << ", pressed: " << pressed);
            Desk desk;
            desk.begin();
            desk.card(card::Relayed{7, {{12}}});
            desk.region_says(1, CardOutcome::refused, note);
            CHECK(desk.step() == Step::over);
            if (pressed) {
                desk.does(state::GoOn{});
                CHECK(desk.step() == Step::lay_card);
                CHECK_FALSE(desk.wanted<state::BeginCardOrder>());  // not with the one that lies there
            }
            desk.card(card::CardGone{7});
            desk.lay_blank(8, other);
            REQUIRE(desk.wanted<state::BeginCardOrder>());
            CHECK(desk.wanted<state::BeginCardOrder>()->number == number);
            CHECK(desk.wanted<state::BeginCardOrder>()->idm == other);
        }
}

TEST_CASE("issuing: the refused card itself begins nothing, and a number refused is corrected") {
    Desk desk;
    desk.begin();
    desk.card(card::Relayed{7, {{12}}});
    desk.region_says(1, CardOutcome::refused, "card_foreign");
    desk.card(card::CardGone{7});
    desk.lay_blank(8);
    CHECK_FALSE(desk.wanted<state::BeginCardOrder>());

    Desk wrong;
    wrong.begin();
    wrong.card(card::Relayed{7, {{12}}});
    wrong.region_says(1, CardOutcome::refused, "number_wrong");
    wrong.card(card::CardGone{7});
    wrong.lay_blank(8, other);
    CHECK_FALSE(wrong.wanted<state::BeginCardOrder>());
    wrong.does(state::GoOn{});
    CHECK(wrong.step() == Step::typing);
    CHECK(wrong.state.issue->number == number);
}
