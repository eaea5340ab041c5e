// The whole application as values. update() (update.h) holds every decision; view draws a State; app runs Effects.
// No ImGui, no SDL, no I/O, no clock of its own in this folder (design §8).
//
//   one tap:  CardSeen ─► LookUpCard ─► PatientCard{two challenges} ─► ProveCard ─► Proved ─► Unlock ─► Unlocked
//             ─► (told screen, if the glass was broken) ─► (consent screen, if asked) ─► DraftGrant ─► GrantDrafted
//             ─► ProveCard ─► Proved ─► OpenSummary ─► SummaryOpened ─► summary screen
//   taking back:  summary or history ─► withdraw screen ─► DraftWithdrawal ─► ProveCard ─► Withdraw ─► Withdrawn
//   capsule:  ShowCapsule ─► ReadPads ─► PadsRead ─► OpenCapsule ─► CapsuleOpened; the card needs no record here
//   break-glass:  search screen ─► FindPeople ─► PeopleFound ─► reason screen ─► (second card) ─► BreakGlass
//             ─► GlassBroken ─► summary screen
#pragma once

#include <memory>

#include "terminal/state/effect.h"
#include "terminal/state/event.h"
#include "terminal/state/intent.h"

namespace kazashi::state {

struct State {
    Language language{Language::japanese};
    Theme theme{Theme::counter};
    Screen screen{Screen::idle};
    model::Facility facility;
    model::Policy policy;                     // as the feed has it; the model's own until the desk has told
    bool demo{false};

    card::ReaderState reader;
    std::optional<card::SessionNumber> card;  // a card lies on the reader
    std::optional<card::Identity> staff_card; // and it is this staff card
    engine::SyncStatus sync;
    UtcTime now;                              // trusted; a Tick brings it
    SteadyTime at;                            // of the last Tick
    SteadyTime tended_at;                     // when TendDesk was last asked for
    std::chrono::minutes utc_offset{std::chrono::hours{9}};  // of the policy's time zone
    SteadyTime last_touch;

    // ---- staff
    std::optional<desk::SignedIn> staff;
    std::optional<Locked> locked;             // while nobody is signed in
    std::optional<card::SessionNumber> staff_lookup;  // a staff card the desk is looking up
    std::optional<SignIn> sign_in;            // only on its screen
    std::optional<IdCard> id_card;            // only on its screen
    std::optional<StaffJob> job;              // from the menu to its end
    std::vector<desk::Colleague> colleagues;  // only on the staff screens

    // ---- the patient's card
    std::optional<Tap> tap;
    std::vector<desk::EmergencyView> emergency_views;  // only on the told screen
    std::vector<desk::Look> history;          // only on history, and on withdraw when it leads back there
    Screen history_from{Screen::consent};
    std::optional<Withdrawing> withdrawing;   // only on its screen

    // ---- what the card itself says
    std::optional<CapsuleLook> capsule_look;  // while a patient's card lies there
    std::unique_ptr<desk::NamedCapsule> capsule;  // only on its screen
    std::optional<CapsuleWrite> capsule_write;  // the region and the card are talking

    // ---- a summary: only while screen is summary, or history or withdraw lead back to it
    std::unique_ptr<model::Summary> summary;
    model::SectionSet summary_granted;          // what should be in it
    std::optional<model::GrantId> reopening;    // asked of the desk, not yet answered
    std::optional<model::GrantId> shown_grant;  // the window the summary came from: the list's, or break-glass
    Screen summary_from{Screen::home};          // where closing it leads
    bool summary_with_card{false};              // taken away → cleared
    bool summary_self{false};                   // the patient alone at a kiosk
    bool summary_emergency{false};              // by break-glass
    std::optional<SteadyTime> summary_tap_at;   // for the tap-to-summary figure
    bool stopped_medicines_shown{false};        // the fold in the summary

    // ---- windows and break-glass
    std::vector<desk::LiveWindow> windows;
    std::string kana_search;
    std::unique_ptr<Search> search;           // on search and reason, and while a second colleague's card is asked for
    std::uint64_t questions{};                // asked of the name index since the start

    std::optional<DoctorVisit> doctor;        // only on its screen
    std::uint64_t doctor_calls{};             // since the start

    std::optional<IssueVisit> issue;          // only on its screen
    std::uint64_t card_orders{};              // since the start
    std::optional<LostVisit> lost;            // only on its screen

    std::optional<Notice> notice;
    SteadyTime notice_at;                     // when it came
    std::vector<std::string> faults;          // keys of what is wrong with this terminal, newest first
    bool fault_unread{false};                 // the newest has not been shown yet
};

}  // namespace kazashi::state
