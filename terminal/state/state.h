// The whole application as values. update() (update.h) holds every decision; view draws a State; app runs Effects.
// No ImGui, no SDL, no I/O, no clock of its own in this folder (design §8).
//
//   one tap:  CardSeen ─► LookUpCard ─► PatientCard{two challenges} ─► ProveCard ─► Proved ─► Unlock ─► Unlocked
//             ─► (consent screen, if asked) ─► DraftGrant ─► GrantDrafted ─► ProveCard ─► Proved ─► OpenSummary
//             ─► SummaryOpened ─► summary screen
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cardio/card/card.h"
#include "sync/desk/desk.h"
#include "sync/engine/engine.h"
#include "sync/model/summary.h"

namespace kazashi::state {

using base::SteadyTime;
using base::UtcTime;

enum class Language { japanese, english };
enum class Theme { counter, ambulance };

enum class Screen {
    idle,      // nobody signed in: hold your card
    sign_in,   // staff card on the reader: PIN
    home,      // signed in: hold the patient's card; live windows in a quiet list
    consent,   // the patient's yes or not now
    summary,
    windows,   // people with a live window, search by kana
    notice,    // something a person must know now: refused, torn, two cards …
    fault,     // something is wrong with this terminal or its surroundings
};

// A sentence for a person: keys into assets/strings, so that no sentence is in C++.
struct Notice {
    std::string what;   // "notice.card_torn" : what happened
    std::string now;    // "notice.card_torn.now" : what to do
    enum class Tone { plain, caution, refused } tone{Tone::plain};
    bool operator==(const Notice&) const = default;
};

struct SignIn {
    enum class Step { typing, proving, trying };  // proving: the card answers; trying: Argon2id is running
    Step step{Step::typing};
    card::SessionNumber session{};
    model::StaffId staff;
    card::Challenge first, second;
    base::SecretBytes pin;                   // ASCII digits so far, at most 8; wiped when the screen goes
    std::optional<int> tries_left;           // after a wrong one
    std::optional<UtcTime> locked_until;     // no try before this
};

// The patient's card on the reader, and how far its tap has come.
struct Tap {
    enum class Step { looking_up, proving, unlocking, consent, drafting, signing, opening, open };
    Step step{Step::looking_up};
    card::SessionNumber session{};
    SteadyTime at;                           // of the SCardGetStatusChange that brought it
    std::optional<desk::TapStart> start;
};

struct State {
    Language language{Language::japanese};
    Theme theme{Theme::counter};
    Screen screen{Screen::idle};
    model::Facility facility;
    bool demo{false};

    card::ReaderState reader;
    std::optional<card::SessionNumber> card;  // a card lies on the reader
    engine::SyncStatus sync;
    UtcTime now;                              // trusted; a Tick brings it
    SteadyTime at;                            // of the last Tick
    SteadyTime tended_at;                     // when TendDesk was last asked for
    std::chrono::minutes utc_offset{std::chrono::hours{9}};
    SteadyTime last_touch;

    std::optional<desk::SignedIn> staff;
    std::optional<card::SessionNumber> staff_lookup;  // a staff card the desk is looking up
    std::optional<SignIn> sign_in;
    std::optional<Tap> tap;
    std::unique_ptr<model::Summary> summary;  // only while screen is summary
    std::optional<model::GrantId> reopening;    // asked of the desk, not yet answered
    std::optional<model::GrantId> shown_grant;  // when the summary came from the list of windows
    Screen summary_from{Screen::home};          // where closing it leads
    bool summary_with_card{false};            // taken away → cleared
    std::optional<SteadyTime> summary_tap_at; // for the tap-to-summary figure
    bool stopped_medicines_shown{false};      // the fold in the summary

    std::vector<desk::LiveWindow> windows;
    std::string kana_search;
    std::optional<Notice> notice;
    SteadyTime notice_at;                     // when it came
    std::vector<std::string> faults;          // keys of what is wrong with this terminal, newest first
    bool fault_unread{false};                 // the newest has not been shown yet
};

// ---- what a person does on the screen
struct PressDigit { int digit{}; };
struct PressClear {};
struct PressCancel {};
struct PressEnter {};
struct AgreeConsent {};
struct DeclineConsent {};
struct CloseSummary {};
struct ShowWindows {};
struct OpenWindow { model::GrantId grant; };
struct GoBack {};
struct DismissNotice {};
struct SignOut {};
struct SetLanguage { Language language{}; };
struct SetTheme { Theme theme{}; };
struct ToggleStoppedMedicines {};
struct TypeKana { std::string kana; };        // one kana of the search
struct EraseKana {};
struct Touched {};                            // a finger is on the glass, wherever: nobody has gone away
using Intent = std::variant<PressDigit, PressClear, PressCancel, PressEnter, AgreeConsent, DeclineConsent, CloseSummary,
                            ShowWindows, OpenWindow, GoBack, DismissNotice, SignOut, SetLanguage, SetTheme,
                            ToggleStoppedMedicines, TypeKana, EraseKana, Touched>;

// ---- what the workers report
struct Tick { UtcTime now; SteadyTime at; };  // before the intents of a frame, and when next_tick() says (update.h)
struct SyncTold { engine::SyncStatus status; };
// of the desk; `session` ties an answer to the card it was asked for
struct StaffCardKnown { card::SessionNumber session{}; desk::StaffChallenge challenge; };
struct SignInDone { card::SessionNumber session{}; desk::SignInAnswer answer; };
struct StaffNamed { desk::SignedIn who; };    // the feed has brought, or changed, a name
struct PatientCard { card::SessionNumber session{}; desk::TapStart start; };
struct Unlocked { card::SessionNumber session{}; };
struct GrantDrafted { card::SessionNumber session{}; card::Challenge challenge; };
struct SummaryOpened { card::SessionNumber session{}; std::unique_ptr<model::Summary> summary; };
struct SummaryReopened { model::GrantId grant; std::unique_ptr<model::Summary> summary; };
struct WindowsListed { std::vector<desk::LiveWindow> windows; };
struct DeskFailed { card::SessionNumber session{}; enum class During { staff_card, sign_in, tap, unlock, draft, open, reopen, other } during{}; base::Error error; };
struct FaultNoted { std::string key; };       // "fault.store_moved_aside" …
struct FaultCleared { std::string key; };
using Event = std::variant<card::CardEvent, Tick, SyncTold, StaffCardKnown, SignInDone, StaffNamed, PatientCard, Unlocked,
                           GrantDrafted, SummaryOpened, SummaryReopened, WindowsListed, DeskFailed, FaultNoted,
                           FaultCleared>;

// ---- what update() wants done. Each runs on the worker named; its answer comes back as an Event.
struct LookUpCard { card::SessionNumber session{}; card::Identity identity; };   // desk: staff_card or tap
struct ProveCard { card::SessionNumber session{}; std::vector<card::Challenge> challenges; };  // card station
struct TrySignIn { card::SessionNumber session{}; std::vector<card::Proof> answers; base::SecretBytes pin; };  // desk
struct SignOutDesk {};                                                           // desk
struct Unlock { card::SessionNumber session{}; std::vector<card::Proof> answers; };  // desk
struct DraftGrant { card::SessionNumber session{}; };                            // desk
struct OpenSummary { card::SessionNumber session{}; card::Proof proof; };        // desk
struct DeclineGrant {};                                                          // desk
struct ForgetTap {};                                                             // desk
struct ReopenWindow { model::GrantId grant; };                                   // desk
struct ListWindows {};                                                           // desk
struct TendDesk {};                                                              // desk: every tick minute, after sync
struct SyncNow {};                                                               // sync
struct PlaySound { enum class Sound { card_read, refused } sound{}; };           // main
using Effect = std::variant<LookUpCard, ProveCard, TrySignIn, SignOutDesk, Unlock, DraftGrant, OpenSummary, DeclineGrant,
                            ForgetTap, ReopenWindow, ListWindows, TendDesk, SyncNow, PlaySound>;

}  // namespace kazashi::state
