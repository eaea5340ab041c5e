#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using During = state::DeskFailed::During;
using Step = state::Tap::Step;

namespace {

desk::EmergencyView emergency_view(std::uint8_t number) {
    desk::EmergencyView view;
    view.view = grant(number);
    view.facility = "消防本部";
    view.reason = "unconscious";
    return view;
}

void to_told(Counter& counter, bool confirm) {
    counter.sign_in();
    counter.lay_patient();
    counter.know_patient(confirm);
    counter.card(card::Proved{patient_card, proofs(2)});
    counter.happens(state::Unlocked{patient_card, {emergency_view(1), emergency_view(2)}});
}

void to_withdraw(Counter& counter) {
    counter.sign_in();
    counter.to_summary();
    counter.does(state::StartWithdrawal{});
}

}  // namespace

TEST_CASE("told: who broke the glass is shown before anything else, and acknowledged by one touch") {
    for (const bool confirm : {true, false}) {
        Counter counter;
        to_told(counter, confirm);
        CHECK(counter.state.screen == Screen::told);
        CHECK(counter.state.emergency_views.size() == 2);
        CHECK(!counter.asked<state::DraftGrant>());
        counter.does(state::AcknowledgeViews{});
        REQUIRE(counter.asked<state::NoticesRead>());
        CHECK(counter.asked<state::NoticesRead>()->views == std::vector{grant(1), grant(2)});
        CHECK(counter.state.emergency_views.empty());
        CHECK((counter.asked<state::DraftGrant>() != nullptr) == !confirm);
        CHECK((counter.state.screen == Screen::consent) == confirm);
        counter.does(state::AcknowledgeViews{});
        CHECK(counter.nothing());
    }
}

TEST_CASE("told: a card that is taken away before has not been told") {
    Counter counter;
    to_told(counter, true);
    counter.card(card::CardGone{patient_card});
    CHECK(counter.told("card_taken"));
    CHECK(!counter.asked<state::NoticesRead>());
    CHECK(counter.state.emergency_views.empty());
}

TEST_CASE("told: nobody touching it is no acknowledgement") {
    Counter counter;
    to_told(counter, true);
    counter.pass(90s);
    CHECK(counter.told("consent_timeout"));
    CHECK(!counter.asked<state::NoticesRead>());
}

TEST_CASE("history: it is one touch from the consent, and leads back to it") {
    Counter counter;
    counter.sign_in();
    counter.to_consent();
    counter.does(state::ShowHistory{});
    REQUIRE(counter.asked<state::ListHistory>());
    CHECK(counter.state.screen == Screen::consent);
    counter.does(state::ShowHistory{});
    CHECK(counter.nothing());
    counter.happens(state::HistoryListed{patient_card, {look()}});
    CHECK(counter.state.screen == Screen::history);
    CHECK(counter.state.history.size() == 1);
    counter.does(state::AgreeConsent{});
    CHECK(counter.nothing());  // the question is not on the screen
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::consent);
    CHECK(counter.state.history.empty());
    counter.does(state::AgreeConsent{});
    CHECK(counter.asked<state::DraftGrant>());
}

TEST_CASE("history: from the summary it leads back to the summary, which was kept") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.to_history();
    CHECK(counter.state.screen == Screen::history);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::summary);
    CHECK(counter.state.summary);
    CHECK(counter.state.summary_with_card);
}

TEST_CASE("history: without the card there is none") {
    Counter counter;
    counter.sign_in();
    counter.list({window(1)});
    counter.reopen(1);
    counter.does(state::ShowHistory{});
    CHECK(counter.nothing());
    counter.does(state::StartWithdrawal{});
    CHECK(counter.state.screen == Screen::summary);
}

TEST_CASE("history: an answer for a card that is gone, or after the yes, is not shown") {
    Counter counter;
    counter.sign_in();
    counter.to_consent();
    counter.does(state::ShowHistory{});
    counter.does(state::AgreeConsent{});
    counter.happens(state::HistoryListed{patient_card, {look()}});
    CHECK(counter.state.history.empty());
    CHECK(counter.state.screen == Screen::consent);
    counter.card(card::CardGone{patient_card});
    counter.to_summary(3);
    counter.does(state::ShowHistory{});
    counter.happens(state::HistoryListed{patient_card, {look()}});
    CHECK(counter.state.screen == Screen::summary);
}

TEST_CASE("history: taking the card away clears it") {
    for (const bool consent : {true, false}) {
        Counter counter;
        counter.sign_in();
        consent ? counter.to_consent() : counter.to_summary();
        counter.to_history();
        counter.card(card::CardGone{patient_card});
        CHECK(counter.state.history.empty());
        CHECK(!counter.state.summary);
        CHECK(counter.state.screen == (consent ? Screen::notice : Screen::home));
        CHECK(counter.asked<state::ForgetTap>());
    }
}

TEST_CASE("history: nobody touching it closes it, and the summary behind it") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.to_history();
    counter.pass(90s);
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.state.history.empty());
    CHECK(!counter.state.summary);
    CHECK(!counter.state.tap);
}

TEST_CASE("withdrawal: chosen, confirmed, answered by the card, written, and said") {
    for (const bool everybody : {false, true}) {
        Counter counter;
        to_withdraw(counter);
        CHECK(counter.state.screen == Screen::withdraw);
        counter.does(state::ConfirmWithdrawal{});
        CHECK(counter.nothing());  // nothing was chosen
        counter.does(state::ChooseWithdrawal{everybody});
        counter.does(state::ConfirmWithdrawal{});
        REQUIRE(counter.asked<state::DraftWithdrawal>());
        CHECK(counter.asked<state::DraftWithdrawal>()->everybody == everybody);
        counter.does(state::ConfirmWithdrawal{});
        CHECK(counter.nothing());
        counter.happens(state::WithdrawalDrafted{patient_card, {}});
        REQUIRE(counter.asked<state::ProveCard>());
        CHECK(counter.asked<state::ProveCard>()->challenges.size() == 1);
        counter.card(card::Proved{patient_card, proofs(1)});
        REQUIRE(counter.asked<state::Withdraw>());
        counter.happens(state::Withdrawn{patient_card});
        CHECK(counter.told(everybody ? "withdrawn_everybody" : "withdrawn_here"));
        CHECK(!counter.state.summary);
        CHECK(!counter.state.tap);
        CHECK(counter.asked<state::ListWindows>());
        CHECK(counter.asked<state::SyncNow>());
    }
}

TEST_CASE("withdrawal: it can begin at the history, without a grant, and leads back there") {
    Counter counter;
    counter.sign_in();
    counter.to_consent();
    counter.to_history();
    counter.does(state::StartWithdrawal{});
    counter.does(state::ChooseWithdrawal{true});
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::withdraw);
    CHECK(!counter.state.withdrawing->everybody);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::history);
    CHECK(counter.state.history.size() == 1);
    CHECK(!counter.state.withdrawing);
}

TEST_CASE("withdrawal: a card that leaves before it has answered has taken nothing back") {
    for (const bool drafted : {false, true}) {
        Counter counter;
        to_withdraw(counter);
        counter.does(state::ChooseWithdrawal{false});
        counter.does(state::ConfirmWithdrawal{});
        if (drafted) counter.happens(state::WithdrawalDrafted{patient_card, {}});
        counter.card(card::CardGone{patient_card});
        CHECK(counter.told("card_torn"));
        CHECK(!counter.asked<state::Withdraw>());
    }
}

TEST_CASE("withdrawal: a card that leaves after it has answered has taken it back") {
    Counter counter;
    to_withdraw(counter);
    counter.does(state::ChooseWithdrawal{false});
    counter.does(state::ConfirmWithdrawal{});
    counter.happens(state::WithdrawalDrafted{patient_card, {}});
    counter.card(card::Proved{patient_card, proofs(1)});
    counter.card(card::CardGone{patient_card});
    CHECK(counter.state.screen == Screen::withdraw);
    counter.happens(state::Withdrawn{patient_card});
    CHECK(counter.told("withdrawn_here"));
}

TEST_CASE("withdrawal: what could not be written is said") {
    Counter counter;
    to_withdraw(counter);
    counter.does(state::ChooseWithdrawal{false});
    counter.does(state::ConfirmWithdrawal{});
    counter.happens(state::DeskFailed{patient_card, During::withdraw, {base::Fault::denied, ""}});
    CHECK(counter.told("not_withdrawn"));
    CHECK(!counter.state.tap);
}

TEST_CASE("tap: a patient who keeps this facility out, and a card that can only be read, have their own sentences") {
    struct Row {
        const char* detail;
        const char* notice;
    };
    for (const Row& row :
         {Row{"excluded", "excluded"}, Row{"presented_only", "presented_only"},
          Row{"this facility may see nothing", "not_entitled"}, Row{"card is revoked", "card_revoked"}}) {
        Counter counter;
        counter.sign_in();
        counter.lay_patient();
        counter.happens(state::DeskFailed{patient_card, During::tap, {base::Fault::denied, row.detail}});
        CHECK(counter.told(row.notice));
    }
}

TEST_CASE("tap: a card that cannot answer opens what the policy lets it, without history and withdrawal") {
    Counter counter;
    counter.sign_in();
    model::TypePolicy rule;
    rule.presented_sections = model::SectionSet{}.with(model::Section::emergency);
    counter.rule(rule);
    counter.lay_patient();
    counter.know_patient();
    counter.card(card::CardFault{patient_card, {base::Fault::card_refused, ""}});
    REQUIRE(counter.asked<state::OpenPresented>());
    counter.happens(state::SummaryOpened{patient_card, summary()});
    CHECK(counter.state.screen == Screen::summary);
    CHECK(state::missing_sections(counter.state) == rule.presented_sections);
    CHECK(state::by_presented_card(counter.state));
    CHECK(!state::may_see_history(counter.state));
    CHECK(!state::may_withdraw(counter.state));
}

TEST_CASE("tap: a card without proofs is presented, a card with them on a reader that cannot carry them is not") {
    for (const auto chip : {card::Chip::standard, card::Chip::lite_s}) {
        Counter counter;
        counter.sign_in();
        counter.chip = chip;
        counter.lay_patient();
        counter.know_patient();
        counter.card(card::CardFault{patient_card, {base::Fault::unsupported, ""}});
        CHECK((counter.asked<state::OpenPresented>() != nullptr) == (chip == card::Chip::standard));
        CHECK(counter.told("reader_no_proof") == (chip == card::Chip::lite_s));
    }
}

TEST_CASE("summary: what was granted and is not here yet is said") {
    using model::Section;
    Counter counter;
    counter.sign_in();
    counter.to_opening();
    counter.state.tap->start->sections =
        model::SectionSet{}.with(Section::emergency).with(Section::medication).with(Section::history);
    auto partly = summary();
    partly->sections = model::SectionSet{}.with(Section::emergency);
    counter.happens(state::SummaryOpened{patient_card, std::move(partly)});
    CHECK(state::missing_sections(counter.state) == model::SectionSet{}.with(Section::medication));
}
