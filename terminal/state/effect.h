// What update() wants done. Most run on the desk; each answer comes back as an Event. Secrets are moved, never copied.
#pragma once

#include <variant>

#include "terminal/state/parts.h"

namespace kazashi::state {

// ---- card station
struct ProveCard { card::SessionNumber session{}; std::vector<card::Challenge> challenges; };
struct SignWithIdCard { card::SessionNumber session{}; base::SecretBytes pin; card::Digest digest; };
struct ReadPads { card::SessionNumber session{}; };
// ---- desk: staff
struct LookUpCard { card::SessionNumber session{}; card::Identity identity; };   // staff_card or tap
struct DraftSlot { card::SessionNumber session{}; card::Identity identity; };    // answered by StaffCardKnown
struct TrySignIn { card::SessionNumber session{}; std::vector<card::Proof> answers; base::SecretBytes pin; };
struct TryShift { card::SessionNumber session{}; std::vector<card::Proof> answers; };  // answered by SignInDone
struct LockDesk {};                                                              // keys go, the shift goes on
struct SignOutDesk {};
struct ListColleagues {};
struct ChangePin { card::SessionNumber session{}; std::vector<card::Proof> answers; base::SecretBytes old_pin, new_pin; };
struct AddSlot { card::SessionNumber session{}; std::vector<card::Proof> answers; base::SecretBytes pin; };
struct RemoveSlot { model::StaffId staff; };
struct LetInColleague {
    card::SessionNumber session{};
    model::StaffId third;
    std::vector<card::Proof> answers;
    std::optional<base::SecretBytes> pin;
};
struct AskIdCard { card::SessionNumber session{}; IdCard::For purpose{}; };      // answered by IdCardAsked
struct NoteWrongIdPin { card::SessionNumber session{}; std::optional<int> tries_left; };  // answered by WrongIdPinNoted
struct OpenWithIdCard { card::SessionNumber session{}; IdCard::For purpose{}; desk::IdCardAnswer answer; };
struct TakeOver { model::StaffId admitted; };
// ---- desk: the patient's card
struct Unlock { card::SessionNumber session{}; std::vector<card::Proof> answers; };
struct NoticesRead { std::vector<model::GrantId> views; };
struct DraftGrant { card::SessionNumber session{}; };
struct OpenSummary { card::SessionNumber session{}; card::Proof proof; };
struct OpenPresented { card::SessionNumber session{}; };  // a card that cannot prove itself: SummaryOpened, or denied
struct OpenCapsule { card::SessionNumber session{}; card::Identity identity; std::vector<card::Block> pads; };
struct DeclineGrant {};
struct ListHistory { card::SessionNumber session{}; };
struct DraftWithdrawal { card::SessionNumber session{}; bool everybody{}; };
struct Withdraw { card::SessionNumber session{}; card::Proof proof; };
struct ForgetTap {};
// ---- desk: windows and break-glass
struct ReopenWindow { model::GrantId grant; };
struct ListWindows {};
struct ListPlaces {};                                                            // opens the name index
struct FindPeople { std::uint64_t question{}; desk::Query query; };
struct BreakGlass {
    model::PatientRef patient;
    std::string reason;
    struct Second { card::SessionNumber session{}; std::vector<card::Proof> answers; std::optional<base::SecretBytes> pin; };
    std::optional<Second> second;
};
struct TendDesk {};                                                              // every minute, after sync
// ---- cards themselves
struct BeginCardOrder { std::uint64_t call{}; wire::CardPurpose purpose{}; card::CardKind kind{}; std::string number; card::Idm idm; };  // on the record; CardOrderWritten
struct WriteLostCard { std::optional<model::GrantId> window; std::string number; };          // CardReportedLost
struct OrderCard { std::uint64_t call{}; engine::CardWish wish; card::Idm idm; };            // to the region: CardTurned, CardOrderFailed
struct AnswerCard { std::uint64_t call{}; std::vector<base::Bytes> answers; };               // the same
struct RelayFrames { card::SessionNumber session{}; std::vector<base::SecretBytes> frames; };  // card station: Relayed
// ---- sync, main
struct CallDoctor { std::uint64_t call{}; std::string repair; };  // DoctorTold for each group, then DoctorDone
struct SyncNow {};
struct PlaySound { enum class Sound { card_read, refused } sound{}; };

using Effect = std::variant<ProveCard, SignWithIdCard, AskIdCard, NoteWrongIdPin, OpenWithIdCard, ReadPads, LookUpCard, DraftSlot, TrySignIn, TryShift, LockDesk, SignOutDesk,
                            ListColleagues, ChangePin, AddSlot, RemoveSlot, LetInColleague, TakeOver, Unlock,
                            NoticesRead, DraftGrant, OpenSummary, OpenPresented, OpenCapsule, DeclineGrant, ListHistory, DraftWithdrawal, Withdraw,
                            ForgetTap, ReopenWindow, ListWindows, ListPlaces, FindPeople, BreakGlass, TendDesk, SyncNow, CallDoctor, PlaySound,
                            BeginCardOrder, WriteLostCard, OrderCard, AnswerCard, RelayFrames>;

}  // namespace kazashi::state
