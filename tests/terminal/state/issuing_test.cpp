#include "cardio/protocol/felica.h"
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using state::IssueVisit;
using wire::CardOutcome;
using wire::CardPurpose;

namespace {

constexpr card::Idm blank{{0x01, 0x2E, 1, 2, 3, 4, 5, 6}};
constexpr card::Idm other{{0x01, 0x2E, 9, 9, 9, 9, 9, 9}};
constexpr const char* number = "0000000123";

struct Desk : Counter {
    Desk() {
        sign_in();
        model::TypePolicy office;
        office.issues_cards = true;
        rule(office);
    }
    void open() {
        does(state::ShowStaffMenu{});
        does(state::ShowIssuing{});
    }
    void type_number() {
        type(number);
        does(state::GoOn{});
    }
    // A blank card is asked for its IDm, and tells it.
    void lay_blank(card::SessionNumber session, const card::Idm& idm = blank) {
        card(card::CardForeign{session, card::ForeignCard::empty_lite_s});
        REQUIRE(wanted<state::RelayFrames>());
        base::Bytes answer{18, 0x01};
        answer.insert(answer.end(), idm.bytes.begin(), idm.bytes.end());
        answer.insert(answer.end(), {0x00, 0xF1, 0, 0, 0, 1, 0x43, 0});
        card(card::Relayed{session, {answer}});
    }
    void region_says(std::int64_t step, CardOutcome outcome = CardOutcome::running, std::string note = {}) {
        engine::CardTurn turn;
        turn.step = step;
        turn.steps = 6;
        turn.outcome = outcome;
        turn.note = std::move(note);
        if (outcome == CardOutcome::running) turn.frames.emplace_back(std::size_t{16});
        happens(state::CardTurned{state.issue->call, std::move(turn)});
    }
    // From a blank card on the reader to frames on their way.
    void begin() {
        open();
        type_number();
        lay_blank(7);
        happens(state::CardOrderWritten{state.issue->call});
        region_says(1);
    }
    template <class Effect>
    const Effect* wanted() const {
        for (const auto& effect : effects)
            if (const auto* one = std::get_if<Effect>(&effect)) return one;
        return nullptr;
    }
    IssueVisit::Step step() const { return state.issue->step; }
};

using Step = IssueVisit::Step;

}  // namespace

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
