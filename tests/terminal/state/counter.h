// A counter to try update() at: a state, and what was asked of the workers since the last look.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "terminal/state/update.h"

namespace kazashi::test {

using namespace std::chrono_literals;
using state::Notice;
using state::Screen;

inline constexpr card::SessionNumber staff_card = 1;
inline constexpr card::SessionNumber patient_card = 2;

inline card::Identity identity(card::CardKind kind, std::string number) {
    card::Identity card;
    card.record = {kind, 44, std::move(number)};
    return card;
}
inline std::vector<card::Proof> proofs(std::size_t count) { return std::vector<card::Proof>(count); }
inline model::GrantId grant(std::uint8_t number) {
    model::GrantId id;
    id.bytes[0] = number;
    return id;
}
inline model::PatientRef patient(std::uint8_t number) {
    model::PatientRef ref;
    ref.bytes[0] = number;
    return ref;
}
inline desk::Candidate candidate(std::uint8_t number, bool record = true) {
    desk::Candidate person;
    person.patient = patient(number);
    person.kanji = "person " + std::to_string(number) + ", long enough to lie on the heap";
    person.record = record;
    return person;
}
inline desk::Colleague colleague(std::string number, bool slot = true, bool admitted = false) {
    desk::Colleague who;
    who.staff = model::StaffId{std::move(number)};
    who.slot = slot;
    who.admitted = admitted;
    return who;
}
inline desk::Look look() {
    desk::Look seen;
    seen.facility = "a pharmacy";
    return seen;
}
inline desk::LiveWindow window(std::uint8_t number, bool refused = false) {
    desk::LiveWindow live;
    live.grant = grant(number);
    live.refused = refused;
    return live;
}
inline std::unique_ptr<model::Summary> summary() { return std::make_unique<model::Summary>(); }

class Counter {
public:
    state::State state;
    state::Effects effects;  // of the last step

    Counter() {
        state.sync.line = engine::SyncStatus::Line::online;
        state.sync.caught_up = true;
        state.reader.service = card::ReaderState::Service::ready;
        pass(1h);
    }

    void happens(state::Event event) { effects = state::update(state, std::move(event)); }
    void card(card::CardEvent event) { happens(state::Event{std::move(event)}); }
    void does(state::Intent intent) { effects = state::update(state, std::move(intent)); }
    void pass(std::chrono::milliseconds time) { happens(state::Tick{state.now + time, state.at + time}); }

    void lay_staff(card::SessionNumber session = staff_card, std::string number = "0000000101") {
        card(card::CardSeen{session, state.at, identity(card::CardKind::staff, std::move(number))});
    }
    void know_staff(card::SessionNumber session = staff_card, std::string number = "0000000101",
                    bool pin_needed = true) {
        desk::StaffChallenge challenge;
        challenge.pin_needed = pin_needed;
        challenge.staff = model::StaffId{std::move(number)};
        challenge.second.bytes[0] = 2;
        happens(state::StaffCardKnown{session, std::move(challenge)});
    }
    void type(const char* digits) {
        for (; *digits; ++digits) does(state::PressDigit{*digits - '0'});
    }
    // The PIN is typed and entered, and the card has answered: Argon2id is running.
    void try_pin(card::SessionNumber session = staff_card) {
        type("1234");
        does(state::PressEnter{});
        card(card::Proved{session, proofs(2)});
    }
    void sign_in(card::SessionNumber session = staff_card) {
        lay_staff(session);
        know_staff(session);
        try_pin(session);
        happens(state::SignInDone{session, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
        card(card::CardGone{session});
    }

    void lay_patient(card::SessionNumber session = patient_card) {
        auto patient = identity(card::CardKind::patient, "0000000001");
        patient.chip = chip;
        card(card::CardSeen{session, state.at, std::move(patient)});
    }
    card::Chip chip{card::Chip::lite_s};  // of the patient's card
    void know_patient(bool confirm = true, card::SessionNumber session = patient_card) {
        desk::TapStart start;
        start.first.bytes[0] = 1;
        start.second.bytes[0] = 2;
        start.confirm = confirm;
        start.window_days = 60;
        happens(state::PatientCard{session, start});
    }
    void enter(const char* digits) {
        type(digits);
        does(state::PressEnter{});
    }
    // The policy's rule for this facility.
    void rule(model::TypePolicy rule) {
        auto policy = state.policy;
        policy.types[state.facility.type] = rule;
        happens(state::PolicyKnown{policy});
    }
    void may_break_glass(model::BreakGlass how) {
        model::TypePolicy emergency;
        emergency.break_glass = how;
        emergency.emergency_sections = model::SectionSet{}.with(model::Section::emergency);
        rule(emergency);
        state.staff->may_search = true;
    }
    void to_menu() {
        does(state::ShowStaffMenu{});
        happens(state::ColleaguesListed{{colleague("0000000102"), colleague("0000000103", false, true)}});
    }
    // A person was found and chosen; the reason is asked for.
    void to_reason() {
        does(state::StartSearch{});
        does(state::TypeKana{"や"});
        happens(state::PeopleFound{state.questions, {candidate(1), candidate(2, false)}});
        does(state::ChooseCandidate{patient(1)});
    }
    void to_history() {
        does(state::ShowHistory{});
        happens(state::HistoryListed{state.tap->session, {look()}});
    }

    void to_consent(card::SessionNumber session = patient_card) {
        lay_patient(session);
        know_patient(true, session);
        card(card::Proved{session, proofs(2)});
        happens(state::Unlocked{session});
    }
    void to_opening(card::SessionNumber session = patient_card) {
        to_consent(session);
        does(state::AgreeConsent{});
        happens(state::GrantDrafted{session, {}});
        card(card::Proved{session, proofs(1)});
    }
    void to_summary(card::SessionNumber session = patient_card) {
        to_opening(session);
        happens(state::SummaryOpened{session, summary()});
    }
    void list(std::vector<desk::LiveWindow> windows) { happens(state::WindowsListed{std::move(windows)}); }
    void reopen(std::uint8_t number) {
        does(state::OpenWindow{grant(number)});
        happens(state::SummaryReopened{grant(number), summary()});
    }

    template <class Effect>
    const Effect* asked() const {
        for (const auto& effect : effects)
            if (const auto* found = std::get_if<Effect>(&effect)) return found;
        return nullptr;
    }
    bool nothing() const { return effects.empty(); }
    bool told(const char* name) const {
        const std::string key = std::string{"notice."} + name;
        return state.screen == Screen::notice && state.notice && state.notice->what == key &&
               state.notice->now == key + ".now";
    }
};

}  // namespace kazashi::test
