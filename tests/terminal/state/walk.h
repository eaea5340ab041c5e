// One who does anything at a counter, in any order: each step is something a card, a person or a worker can do.
#pragma once

#include "tests/terminal/state/counter.h"

namespace kazashi::test {

// The sequence is the same at every run.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : random_{seed} {}
    std::uint32_t operator()(std::uint32_t limit) {
        random_ = random_ * 1664525U + 1013904223U;
        return (random_ >> 8U) % limit;
    }

private:
    std::uint32_t random_;
};

class Walk {
public:
    explicit Walk(std::uint32_t seed) : dice_{seed} {
        auto policy = counter.state.policy;
        policy.id_card_roots = {{{1}}, {{2}}};
        counter.happens(state::PolicyKnown{policy});
        rule();
    }

    void step() {
        switch (dice_(9)) {
            case 0:
                return staff_card();
            case 1:
                return keys();
            case 2:
                return patient_card();
            case 3:
                return patient_press();
            case 4:
                return staff_press();
            case 5:
                return staff_answer();
            case 6:
                return search();
            case 7:
                return dice_(3) == 0 ? id_card() : search();
            default:
                return world();
        }
    }
    Counter counter;

private:
    card::SessionNumber session() { return counter.state.card.value_or(1) + (dice_(8) == 0 ? 1 : 0); }
    std::string number() { return "000000010" + std::to_string(1 + dice_(4)); }
    bool even() { return dice_(2) == 0; }

    void rule() {
        model::TypePolicy rule;
        rule.self_service = dice_(4) == 0;
        rule.break_glass = static_cast<model::BreakGlass>(dice_(3));
        rule.emergency_sections = model::SectionSet{}.with(model::Section::emergency);
        counter.rule(rule);
    }
    desk::SignedIn somebody() { return {model::StaffId{number()}, "薬剤師", true}; }

    void staff_card() {
        const auto laid = counter.state.card.value_or(0) + 1;
        switch (dice_(6)) {
            case 0:
                return counter.lay_staff(laid, number());
            case 1:
                return counter.know_staff(session(), number(), even());
            case 2:
                return counter.card(card::Proved{session(), proofs(dice_(8) ? 2 : 1)});
            case 3:
                return counter.happens(state::SignInDone{session(), somebody()});
            case 4:
                return counter.happens(state::SignInDone{session(), desk::WrongPin{2, std::nullopt}});
            default:
                return staff_signs_in(laid);
        }
    }
    void staff_signs_in(card::SessionNumber laid) {
        counter.lay_staff(laid, number());
        counter.know_staff(laid, number());
        counter.try_pin(laid);
        counter.happens(state::SignInDone{laid, somebody()});
    }
    void keys() {
        switch (dice_(9)) {
            case 0:
                return counter.does(state::PressEnter{});
            case 1:
                return counter.does(state::PressClear{});
            case 2:
                return counter.does(state::PressCancel{});
            case 3:
                return counter.does(state::EraseKana{});
            case 4:
                return counter.does(state::TypeKana{"や"});
            case 5:
                return counter.does(state::GoBack{});
            case 6:
                return counter.does(state::DismissNotice{});
            case 7:
                return counter.enter("1234");
            default:
                return counter.does(state::PressDigit{static_cast<int>(dice_(10))});
        }
    }
    void patient_card() {
        const auto laid = counter.state.card.value_or(0) + 1;
        switch (dice_(14)) {
            case 11:
                return counter.does(state::ShowCapsule{});
            case 12:
                return counter.card(card::PadsRead{session(), std::vector<card::Block>(13)});
            case 13:
                return counter.happens(state::CapsuleOpened{session(), std::make_unique<desk::NamedCapsule>()});
            case 0:
                return counter.lay_patient(laid);
            case 1:
                return counter.know_patient(even(), session());
            case 2:
                return counter.card(card::Proved{session(), proofs(1 + dice_(2))});
            case 3:
                return unlock(session());
            case 4:
                return counter.happens(state::GrantDrafted{session(), {}});
            case 5:
                return counter.happens(state::SummaryOpened{session(), summary()});
            case 6:
                return counter.happens(state::HistoryListed{session(), {look()}});
            case 7:
                return counter.card(card::CardGone{session()});
            case 8:
                return counter.to_summary(laid);
            case 9:
                return ask_patient(laid);
            default:
                return counter.card(card::CardFault{session(), {base::Fault::card_refused, ""}});
        }
    }
    void ask_patient(card::SessionNumber laid) {
        counter.lay_patient(laid);
        counter.know_patient(true, laid);
        counter.card(card::Proved{laid, proofs(2)});
        unlock(laid);
    }
    void unlock(card::SessionNumber of) {
        std::vector<desk::EmergencyView> views(dice_(2));
        counter.happens(state::Unlocked{of, std::move(views), dice_(4) != 0});
    }
    void patient_press() {
        switch (dice_(12)) {
            case 0:
                return counter.does(state::AcknowledgeViews{});
            case 1:
                return counter.does(state::AgreeConsent{});
            case 2:
                return counter.does(state::DeclineConsent{});
            case 3:
                return counter.does(state::CloseSummary{});
            case 4:
                return counter.does(state::ShowHistory{});
            case 5:
                return counter.does(state::StartWithdrawal{});
            case 6:
                return counter.does(state::ChooseWithdrawal{even()});
            case 7:
                return counter.does(state::ConfirmWithdrawal{});
            case 8:
                return counter.happens(state::WithdrawalDrafted{session(), {}});
            case 9:
                return counter.happens(state::Withdrawn{session()});
            case 10:
                return counter.does(state::OpenWindow{grant(static_cast<std::uint8_t>(1 + dice_(2)))});
            default:
                return counter.happens(state::SummaryReopened{grant(1), summary()});
        }
    }
    void staff_press() {
        switch (dice_(8)) {
            case 0:
                return counter.does(state::ShowStaffMenu{});
            case 1:
            case 2:
                return counter.does(state::StartJob{static_cast<state::StaffJob::Kind>(dice_(6))});
            case 3:
                return counter.does(state::ChooseColleague{model::StaffId{number()}});
            case 4:
                return counter.does(state::ConfirmRemoval{});
            case 5:
                return counter.does(state::ShowWindows{});
            case 6:
                return dice_(8) ? choose_colleague() : counter.does(state::LockNow{});
            default:
                return dice_(16) ? counter.does(state::Touched{}) : counter.does(state::SignOut{});
        }
    }
    void staff_answer() {
        switch (dice_(10)) {
            case 0:
                return counter.happens(state::LetIn{somebody()});
            case 1:
                return counter.happens(state::PinChanged{session()});
            case 2:
                return counter.happens(state::SlotAdded{session()});
            case 3:
                return counter.happens(state::SlotRemoved{model::StaffId{number()}});
            case 4:
                return shifts();
            case 5:
                return counter.happens(state::StaffNamed{somebody()});
            case 6:
                return counter.list({window(1), window(2, dice_(8) == 0)});
            case 7:
                return colleagues();
            case 8:
                return fail();
            default:
                return dice_(16) ? fail() : counter.happens(state::StaffEnded{});
        }
    }
    void id_card() {
        const auto laid = counter.state.card.value_or(0) + 1;
        switch (dice_(10)) {
            case 0:
            case 1: {
                const auto kind = even() ? card::IdCardKind::my_number : card::IdCardKind::hpki;
                return counter.card(card::IdCardSeen{laid, counter.state.at, kind, static_cast<int>(dice_(4))});
            }
            case 2:
            case 3:
                return counter.happens(state::IdCardAsked{session(), {}});
            case 4:
                return counter.card(card::IdCardSigned{session(), {1}, {2}});
            case 5:
                counter.card(card::IdCardPinRefused{session(), static_cast<int>(dice_(4))});
                return counter.happens(state::WrongIdPinNoted{session(), static_cast<int>(dice_(4))});
            case 6:
                return counter.does(state::ConfirmLastTry{});
            case 7:
                counter.to_menu();
                return counter.does(state::StartIdCard{});
            case 8:
                return counter.happens(
                    state::HolderOpened{session(), {grant(1), model::SectionSet{3}, false, summary()}});
            default:
                return even() ? counter.happens(state::IdCardSignedIn{session(), somebody()})
                              : counter.happens(state::IdSlotAdded{session()});
        }
    }
    void choose_colleague() {
        counter.to_menu();
        counter.does(state::StartJob{static_cast<state::StaffJob::Kind>(dice_(6))});
        counter.does(state::ChooseColleague{model::StaffId{number()}});
    }
    void colleagues() {
        counter.happens(state::ColleaguesListed{
            {colleague("0000000102"), colleague("0000000103", false, true), colleague("0000000104")}});
    }
    void shifts() {
        auto who = colleague(number());
        who.shift_until = counter.state.now + std::chrono::minutes{dice_(60)};
        counter.happens(state::ShiftsListed{{who}});
    }
    void fail() {
        using During = state::DeskFailed::During;
        const auto during = static_cast<During>(dice_(static_cast<std::uint32_t>(During::other) + 1));
        constexpr std::array faults{base::Fault::denied, base::Fault::not_found, base::Fault::wrong_key,
                                    base::Fault::io};
        counter.happens(state::DeskFailed{session(), during, {faults[dice_(4)], even() ? "excluded" : ""}});
    }
    void search() {
        switch (dice_(9)) {
            case 0:
                return counter.does(state::StartSearch{});
            case 1:
                return counter.does(state::ChooseField{static_cast<state::Search::Field>(dice_(4))});
            case 2:
                return counter.happens(state::PlacesListed{{"臼杵市"}});
            case 3:
                return counter.does(state::ChooseAddress{even() ? "臼杵市" : ""});
            case 4:
                return found();
            case 5:
                return counter.does(state::ChooseCandidate{patient(static_cast<std::uint8_t>(1 + dice_(2)))});
            case 6:
                return counter.does(state::ChooseReason{state::emergency_reasons[dice_(4)]});
            case 7:
                return counter.happens(state::GlassBroken{grant(static_cast<std::uint8_t>(1 + dice_(3))), summary()});
            default:
                return find_and_choose();
        }
    }
    void found() {
        const auto question = counter.state.questions - (counter.state.questions > 0 ? dice_(2) : 0);
        counter.happens(state::PeopleFound{question, {candidate(1), candidate(2, false)}});
    }
    void find_and_choose() {
        counter.does(state::StartSearch{});
        counter.does(state::TypeKana{"や"});
        found();
        counter.does(state::ChooseCandidate{patient(1)});
    }
    void world() {
        switch (dice_(6)) {
            case 0:
                return counter.pass(std::chrono::seconds{dice_(40)});
            case 1:
                return dice_(16) ? counter.pass(1s) : counter.pass(400s);
            case 2:
                return counter.card(card::SeveralCards{session()});
            case 3:
                return dice_(16) ? counter.does(state::Touched{}) : rule();
            case 4:
                return dice_(16) ? counter.pass(5s) : counter.happens(state::FaultNoted{"fault.disk_full"});
            default:
                return counter.happens(state::FaultCleared{"fault.disk_full"});
        }
    }

    Dice dice_;
};

}  // namespace kazashi::test
