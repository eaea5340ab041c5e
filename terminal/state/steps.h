// The steps update() is made of; inside this folder only. One file per concern, one function per event or intent.
#pragma once

#include "terminal/state/notices.h"
#include "terminal/state/update.h"

namespace kazashi::state {

// ---- moves.cpp: how one screen gives way to another. Whatever belonged to the old one is wiped.
void show(State& state, Screen screen);
void go_home(State& state);  // home when somebody is signed in, else locked or idle; an unread fault comes first
void tell(State& state, Effects& effects, Notice notice);
void forget_tap(State& state, Effects& effects);
void forget_capsule_look(State& state);
void lock(State& state, Effects& effects);      // keys go, the shift goes on
void sign_out(State& state, Effects& effects);  // and the shift ends
void put_out(State& state, Effects& effects);   // the desk has signed them out already
bool signed_in(const State& state);

// ---- idle.cpp
void close_what_is_left_alone(State& state, Effects& effects);
SteadyTime next_closing(const State& state, SteadyTime next);  // the sooner of `next` and what idling brings

// ---- update_card.cpp
void take(State& state, card::CardEvent event, Effects& effects);
// ---- update_keys.cpp
void type_digit(State& state, int digit, Effects& effects);
void take(State& state, TypeKana press, Effects& effects);
void take(State& state, EraseKana press, Effects& effects);
void take(State& state, GoBack press, Effects& effects);
// ---- update_sign_in.cpp
void staff_card_seen(State& state, const card::CardSeen& seen, Effects& effects);
void sign_in_proved(State& state, std::vector<card::Proof> proofs, Effects& effects);
void staff_card_gone(State& state, Effects& effects);
void welcome(State& state, desk::SignedIn who, Effects& effects);
void nobody_waits(State& state, Effects& effects);
bool trying(const State& state, card::SessionNumber session);  // the desk has a PIN, or a shift, of this card
void take(State& state, StaffCardKnown event, Effects& effects);
void take(State& state, SignInDone event, Effects& effects);
void take(State& state, StaffNamed event, Effects& effects);
void take(State& state, PressDigit press, Effects& effects);
void take(State& state, PressClear press, Effects& effects);
void take(State& state, PressCancel press, Effects& effects);
void take(State& state, PressEnter press, Effects& effects);
void take(State& state, SignOut press, Effects& effects);
base::SecretBytes with_character(const base::SecretBytes& pin, char character);
base::SecretBytes with_digit(const base::SecretBytes& pin, int digit);
// ---- update_id_card.cpp
void id_card_seen(State& state, const card::IdCardSeen& seen, Effects& effects);
void id_card_gone(State& state, Effects& effects);
void id_card_digit(State& state, int digit);
void id_card_clear(State& state);
void id_card_enter(State& state, Effects& effects);
void id_card_back(State& state);
void id_card_signed(State& state, card::IdCardSigned event, Effects& effects);
void id_card_pin_refused(const card::IdCardPinRefused& event, Effects& effects);
void take(State& state, TypeLetter press, Effects& effects);
void take(State& state, ChooseKeys press, Effects& effects);
void take(State& state, StartIdCard press, Effects& effects);
void take(State& state, ConfirmLastTry press, Effects& effects);
void take(State& state, IdCardAsked event, Effects& effects);
void take(State& state, WrongIdPinNoted event, Effects& effects);
void take(State& state, HolderOpened event, Effects& effects);
void take(State& state, IdCardSignedIn event, Effects& effects);
void take(State& state, IdSlotAdded event, Effects& effects);
// ---- update_staff.cpp
void job_card_seen(State& state, card::SessionNumber session, const card::Identity& card, Effects& effects);
void leave_job(State& state, Effects& effects);
void staff_back(State& state, Effects& effects);
void end_shifts(State& state);
void take(State& state, ShowStaffMenu press, Effects& effects);
void take(State& state, StartJob press, Effects& effects);
void take(State& state, ChooseColleague press, Effects& effects);
void take(State& state, ConfirmRemoval press, Effects& effects);
void take(State& state, LockNow press, Effects& effects);
void take(State& state, ColleaguesListed event, Effects& effects);
void take(State& state, LetIn event, Effects& effects);
void take(State& state, PinChanged event, Effects& effects);
void take(State& state, SlotAdded event, Effects& effects);
void take(State& state, SlotRemoved event, Effects& effects);
void take(State& state, StaffEnded event, Effects& effects);
void take(State& state, ShiftsListed event, Effects& effects);
// ---- update_tap.cpp
void patient_card_seen(State& state, const card::CardSeen& seen, Effects& effects);
void tap_proved(State& state, std::vector<card::Proof> proofs, Effects& effects);
void tap_refused(State& state, Effects& effects);
void patient_card_gone(State& state, Effects& effects);
void give_up(State& state, Notice notice, Effects& effects);
void show_nothing_here(State& state);
void close_patient(State& state, Screen to, Effects& effects);  // `to`: windows, or home
void take(State& state, PatientCard event, Effects& effects);
void take(State& state, Unlocked event, Effects& effects);
void take(State& state, GrantDrafted event, Effects& effects);
void take(State& state, SummaryOpened event, Effects& effects);
void take(State& state, AcknowledgeViews press, Effects& effects);
void take(State& state, AgreeConsent press, Effects& effects);
void take(State& state, DeclineConsent press, Effects& effects);
// ---- update_capsule.cpp
void capsule_card_seen(State& state, const card::CardSeen& seen);
void capsule_pads_read(State& state, card::PadsRead event, Effects& effects);
// True: it was the reading of a capsule that failed, and it has been said.
bool capsule_not_read(State& state, card::SessionNumber session, base::Fault fault, Effects& effects);
bool capsule_not_opened(State& state, const DeskFailed& event, Effects& effects);
void capsule_card_gone(State& state);
// ---- update_capsule_write.cpp; true: it was about that
void begin_capsule_write(State& state, Effects& effects);
bool capsule_write_turned(State& state, CardTurned& event, Effects& effects);
bool capsule_write_relayed(State& state, card::Relayed& event, Effects& effects);
bool capsule_write_failed(State& state, const CardOrderFailed& event);
// ---- update_capsule.cpp
void capsule_back(State& state);
void take(State& state, ShowCapsule press, Effects& effects);
void take(State& state, CapsuleOpened event, Effects& effects);
// ---- update_history.cpp
void patient_back(State& state);
void take(State& state, ShowHistory press, Effects& effects);
void take(State& state, StartWithdrawal press, Effects& effects);
void take(State& state, ChooseWithdrawal press, Effects& effects);
void take(State& state, ConfirmWithdrawal press, Effects& effects);
void take(State& state, HistoryListed event, Effects& effects);
void take(State& state, WithdrawalDrafted event, Effects& effects);
void take(State& state, Withdrawn event, Effects& effects);
// ---- update_windows.cpp
void take(State& state, SummaryReopened event, Effects& effects);
void take(State& state, WindowsListed event, Effects& effects);
void take(State& state, CloseSummary press, Effects& effects);
void take(State& state, ShowWindows press, Effects& effects);
void take(State& state, OpenWindow press, Effects& effects);
void take(State& state, ToggleStoppedMedicines press, Effects& effects);
// ---- update_search.cpp
void ask(State& state, Effects& effects);
void search_back(State& state, Effects& effects);
void take(State& state, StartSearch press, Effects& effects);
void take(State& state, ChooseField press, Effects& effects);
void take(State& state, OpenKanaRow press, Effects& effects);
void take(State& state, ChooseAddress press, Effects& effects);
void take(State& state, ChooseCandidate press, Effects& effects);
void take(State& state, ChooseReason press, Effects& effects);
void take(State& state, PlacesListed event, Effects& effects);
void take(State& state, PeopleFound event, Effects& effects);
void take(State& state, GlassBroken event, Effects& effects);
// ---- update_doctor.cpp
void doctor_back(State& state, Effects& effects);
void take(State& state, ShowDoctor press, Effects& effects);
void take(State& state, CheckAgain press, Effects& effects);
void take(State& state, RepairFinding press, Effects& effects);
void take(State& state, DoctorTold event, Effects& effects);
void take(State& state, DoctorDone event, Effects& effects);
// ---- update_issuing.cpp
void issuing_card_seen(State& state, card::SessionNumber session, std::optional<card::Idm> idm, Effects& effects);
void issuing_card_gone(State& state);
void issuing_card_wrong(State& state, Notice notice, Effects& effects);
void take_relayed(State& state, card::Relayed event, Effects& effects);
void type_number(State& state, int digit);  // also of a lost card
void issuing_back(State& state, Effects& effects);
void take(State& state, ShowIssuing press, Effects& effects);
void take(State& state, ChooseCardKind press, Effects& effects);
void take(State& state, EraseDigit press, Effects& effects);
void take(State& state, GoOn press, Effects& effects);
void take(State& state, MakeAnother press, Effects& effects);
void take(State& state, FinishCard press, Effects& effects);
void take(State& state, CardOrderWritten event, Effects& effects);
void take(State& state, CardTurned event, Effects& effects);
void take(State& state, CardOrderFailed event, Effects& effects);
// ---- update_lost_card.cpp
void lost_back(State& state, Effects& effects);
void lost_number_typed(State& state);
std::string* lost_kana(State& state);  // what the kana keys type into, while they are there; else nullptr
void take(State& state, ChooseLostBy press, Effects& effects);
void take(State& state, ShowLostCard press, Effects& effects);
void take(State& state, ChooseLost press, Effects& effects);
void take(State& state, ReportLost press, Effects& effects);
void take(State& state, CardReportedLost event, Effects& effects);
// ---- update_world.cpp: time, the line, faults
void take(State& state, Tick event, Effects& effects);
void take(State& state, PolicyKnown event, Effects& effects);
void take(State& state, SyncTold event, Effects& effects);
void take(State& state, DeskFailed event, Effects& effects);
void take(State& state, FaultNoted event, Effects& effects);
void take(State& state, FaultCleared event, Effects& effects);
void take(State& state, DismissNotice press, Effects& effects);
void take(State& state, SetLanguage press, Effects& effects);
void take(State& state, SetTheme press, Effects& effects);
void take(State& state, Touched press, Effects& effects);

}  // namespace kazashi::state
