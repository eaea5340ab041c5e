// What the workers report. `session` ties an answer to the card it was asked for.
#pragma once

#include <memory>
#include <variant>

#include "sync/engine/engine.h"
#include "sync/model/policy.h"
#include "sync/model/summary.h"
#include "terminal/state/parts.h"

namespace kazashi::state {

struct Tick { UtcTime now; SteadyTime at; };  // before the intents of a frame, and when next_tick() says (update.h)
struct SyncTold { engine::SyncStatus status; };
struct FaultNoted { std::string key; };       // "fault.store_moved_aside" …
struct FaultCleared { std::string key; };
struct PolicyKnown { model::Policy policy; }; // when the desk is ready, and when the feed has brought another
// ---- staff
struct StaffCardKnown { card::SessionNumber session{}; desk::StaffChallenge challenge; };
struct SignInDone { card::SessionNumber session{}; desk::SignInAnswer answer; };  // also of a shift
struct StaffNamed { desk::SignedIn who; };    // the feed has brought, or changed, a name
struct StaffEnded {};                         // the feed has taken away who was signed in
struct ShiftsListed { std::vector<desk::Colleague> may_return; };  // answers LockDesk
struct ColleaguesListed { std::vector<desk::Colleague> colleagues; };
struct LetIn { desk::SignedIn who; };         // answers LetInColleague and TakeOver: signed in now
struct PinChanged { card::SessionNumber session{}; };
struct SlotAdded { card::SessionNumber session{}; };
struct SlotRemoved { model::StaffId staff; };
// ---- ID cards
struct IdCardAsked { card::SessionNumber session{}; card::Digest digest; };  // answers AskIdCard
struct WrongIdPinNoted { card::SessionNumber session{}; std::optional<int> tries_left; };
struct HolderOpened { card::SessionNumber session{}; desk::HolderOpened opened; };
struct IdCardSignedIn { card::SessionNumber session{}; desk::SignedIn who; };
struct IdSlotAdded { card::SessionNumber session{}; };
// ---- the patient's card
struct PatientCard { card::SessionNumber session{}; desk::TapStart start; };
struct Unlocked { card::SessionNumber session{}; std::vector<desk::EmergencyView> notices{}; bool record{true}; };
struct GrantDrafted { card::SessionNumber session{}; card::Challenge challenge; };
struct SummaryOpened { card::SessionNumber session{}; std::unique_ptr<model::Summary> summary; };
struct CapsuleOpened { card::SessionNumber session{}; std::unique_ptr<desk::NamedCapsule> capsule; };
struct HistoryListed { card::SessionNumber session{}; std::vector<desk::Look> looks; };
struct WithdrawalDrafted { card::SessionNumber session{}; card::Challenge challenge; };
struct Withdrawn { card::SessionNumber session{}; };
// ---- windows and break-glass
struct WindowsListed { std::vector<desk::LiveWindow> windows; };
struct SummaryReopened { model::GrantId grant; std::unique_ptr<model::Summary> summary; };
struct PlacesListed { std::vector<std::string> places; };  // answers ListPlaces: the name index is open
struct PeopleFound { std::uint64_t question{}; std::vector<desk::Candidate> found; };
struct GlassBroken { model::GrantId grant; std::unique_ptr<model::Summary> summary; };

// ---- the doctor
struct DoctorTold { std::uint64_t call{}; DoctorGroup group{}; std::vector<Finding> findings; };
struct DoctorDone { std::uint64_t call{}; bool well{}; };  // false: it could not begin, or broke off
// ---- cards themselves
struct CardOrderWritten { std::uint64_t call{}; };
struct CardTurned { std::uint64_t call{}; engine::CardTurn turn; };
struct CardOrderFailed { std::uint64_t call{}; base::Fault fault{}; };
struct CardReportedLost {};
struct DeskFailed {
    card::SessionNumber session{};
    enum class During {
        staff_card, sign_in, tap, unlock, draft, open, reopen, history, withdraw, change_pin, add_slot, remove_slot,
        capsule, let_in, take_over, search, break_glass, card_order, lost_card, id_card, other
    } during{};  // with search: `session` is the number of the question
    base::Error error;  // detail "excluded" or "presented_only" says why it was denied
};

using Event = std::variant<card::CardEvent, Tick, SyncTold, FaultNoted, FaultCleared, PolicyKnown, StaffCardKnown,
                           SignInDone, StaffNamed, StaffEnded, ShiftsListed, ColleaguesListed, LetIn, PinChanged,
                           SlotAdded, SlotRemoved, IdCardAsked, WrongIdPinNoted, HolderOpened, IdCardSignedIn, IdSlotAdded, PatientCard, Unlocked, GrantDrafted, SummaryOpened, CapsuleOpened, HistoryListed,
                           WithdrawalDrafted, Withdrawn, WindowsListed, SummaryReopened, PlacesListed, PeopleFound, GlassBroken,
                           DeskFailed, DoctorTold, DoctorDone, CardOrderWritten, CardTurned, CardOrderFailed,
                           CardReportedLost>;

}  // namespace kazashi::state
