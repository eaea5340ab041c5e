#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

void open_kiosk(Counter& counter) {
    model::TypePolicy rule;
    rule.self_service = true;
    counter.rule(rule);
}

void to_own_record(Counter& counter) {
    open_kiosk(counter);
    counter.lay_patient();
    desk::TapStart start;
    start.self = true;
    counter.happens(state::PatientCard{patient_card, start});
    counter.card(card::Proved{patient_card, proofs(2)});
    counter.happens(state::Unlocked{patient_card});
    counter.happens(state::GrantDrafted{patient_card, {}});
    counter.card(card::Proved{patient_card, proofs(1)});
    counter.happens(state::SummaryOpened{patient_card, summary()});
}

}  // namespace

TEST_CASE("kiosk: a patient's card with nobody signed in opens their own record") {
    Counter counter;
    to_own_record(counter);
    CHECK(counter.state.screen == Screen::summary);
    CHECK(counter.state.summary_self);
    CHECK(!counter.state.staff);
    CHECK(state::may_see_history(counter.state));
    CHECK(state::may_withdraw(counter.state));
    CHECK(!counter.asked<state::ListWindows>());
}

TEST_CASE("kiosk: elsewhere staff come first") {
    Counter counter;
    counter.lay_patient();
    CHECK(counter.told("staff_first"));
    CHECK(!counter.asked<state::LookUpCard>());
}

TEST_CASE("kiosk: taking the card away clears everything") {
    using Go = void (*)(Counter&);
    const Go screens[] = {
        [](Counter&) {},
        [](Counter& counter) { counter.to_history(); },
        [](Counter& counter) { counter.does(state::StartWithdrawal{}); },
    };
    for (const Go go : screens) {
        Counter counter;
        to_own_record(counter);
        go(counter);
        counter.card(card::CardGone{patient_card});
        CHECK(counter.state.screen == Screen::idle);
        CHECK(!counter.state.summary);
        CHECK(counter.state.history.empty());
        CHECK(!counter.state.tap);
        CHECK(!counter.state.summary_self);
        CHECK(counter.asked<state::ForgetTap>());
        CHECK(counter.asked<state::SyncNow>());
    }
}

TEST_CASE("kiosk: closing ends it, with the card still there") {
    Counter counter;
    to_own_record(counter);
    counter.does(state::CloseSummary{});
    CHECK(counter.state.screen == Screen::idle);
    CHECK(!counter.state.summary);
}

TEST_CASE("kiosk: nobody touching it ends it") {
    Counter counter;
    to_own_record(counter);
    counter.pass(80s);
    CHECK(state::closing_in(counter.state) == state::Closing{state::Closing::What::screen, 10s});
    counter.pass(10s);
    CHECK(counter.state.screen == Screen::idle);
    CHECK(!counter.state.summary);
}

TEST_CASE("kiosk: permission is taken back from everybody; the kiosk itself looks at nobody") {
    Counter counter;
    to_own_record(counter);
    counter.does(state::StartWithdrawal{});
    CHECK(!counter.state.withdrawing->here);
    counter.does(state::ChooseWithdrawal{false});
    CHECK(!counter.state.withdrawing->everybody);
    counter.does(state::ChooseWithdrawal{true});
    counter.does(state::ConfirmWithdrawal{});
    CHECK(counter.asked<state::DraftWithdrawal>()->everybody);
    counter.happens(state::WithdrawalDrafted{patient_card, {}});
    counter.card(card::Proved{patient_card, proofs(1)});
    counter.happens(state::Withdrawn{patient_card});
    CHECK(counter.told("withdrawn_everybody"));
    counter.does(state::DismissNotice{});
    CHECK(counter.state.screen == Screen::idle);
}

TEST_CASE(
    "kiosk: every card that is not one's regional card is told kindly which one is needed, and nothing is asked") {
    const auto alone = [] {
        Counter counter;
        open_kiosk(counter);
        auto policy = counter.state.policy;
        policy.id_card_roots.my_number.push_back({base::Bytes{1}});
        counter.happens(state::PolicyKnown{policy});
        return counter;
    };
    const std::pair<card::ForeignCard, const char*> foreign[] = {
        {card::ForeignCard::transit, "transit_card"},
        {card::ForeignCard::money, "money_card"},
        {card::ForeignCard::bank, "bank_card"},
        {card::ForeignCard::processor, "processor_card"},
        {card::ForeignCard::storage, "storage_card"},
        {card::ForeignCard::empty_lite_s, "empty_card"},
        {card::ForeignCard::other_region, "other_region"},
        {card::ForeignCard::unknown, "unknown_card"},
    };
    for (const auto& [kind, name] : foreign) {
        auto counter = alone();
        counter.card(card::CardForeign{7, kind});
        CHECK(counter.told(name));
        CHECK_FALSE(counter.asked<state::LookUpCard>());
        counter.card(card::CardGone{7});
        counter.pass(200s);
        CHECK(counter.state.screen == Screen::idle);
    }
    auto two = alone();
    two.card(card::SeveralCards{7});
    CHECK(two.told("several_cards"));

    // No key of a record can be had with a My Number card here, so its PIN is not asked for, blocked or not.
    for (const auto tries : {3, 1, 0}) {
        auto citizen = alone();
        citizen.card(card::IdCardSeen{7, citizen.state.at, card::IdCardKind::my_number, tries});
        CHECK(citizen.told("my_number_kiosk"));
        CHECK_FALSE(citizen.asked<state::AskIdCard>());
    }
    auto professional = alone();
    professional.card(card::IdCardSeen{7, professional.state.at, card::IdCardKind::hpki, 3});
    CHECK(professional.told("hpki_unused"));
}

TEST_CASE("kiosk: nothing of the staff's opens") {
    Counter counter;
    open_kiosk(counter);
    for (int press = 0; press < 6; ++press) {
        switch (press) {
            case 0:
                counter.does(state::ShowStaffMenu{});
                break;
            case 1:
                counter.does(state::ShowWindows{});
                break;
            case 2:
                counter.does(state::StartSearch{});
                break;
            case 3:
                counter.does(state::OpenWindow{grant(1)});
                break;
            case 4:
                counter.does(state::LockNow{});
                break;
            default:
                counter.does(state::SignOut{});
                break;
        }
        CHECK(counter.nothing());
        CHECK(counter.state.screen == Screen::idle);
    }
}
