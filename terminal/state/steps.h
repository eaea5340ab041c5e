// The steps update() is made of; inside this folder only. One file per concern, one function per event or intent.
#pragma once

#include "terminal/state/notices.h"
#include "terminal/state/update.h"

namespace kazashi::state {

// ---- moves.cpp: how one screen gives way to another. Whatever belonged to the old one is wiped.
void show(State& state, Screen screen);
void go_home(State& state);  // home when somebody is signed in, else idle; an unread fault comes first
void tell(State& state, Effects& effects, Notice notice);
void forget_tap(State& state, Effects& effects);
void sign_out(State& state, Effects& effects);
bool signed_in(const State& state);

// ---- update_card.cpp
void take(State& state, card::CardEvent event, Effects& effects);
// ---- update_sign_in.cpp
void staff_card_seen(State& state, const card::CardSeen& seen, Effects& effects);
void sign_in_proved(State& state, std::vector<card::Proof> proofs, Effects& effects);
void staff_card_gone(State& state, Effects& effects);
void take(State& state, StaffCardKnown event, Effects& effects);
void take(State& state, SignInDone event, Effects& effects);
void take(State& state, StaffNamed event, Effects& effects);
void take(State& state, PressDigit press, Effects& effects);
void take(State& state, PressClear press, Effects& effects);
void take(State& state, PressCancel press, Effects& effects);
void take(State& state, PressEnter press, Effects& effects);
void take(State& state, SignOut press, Effects& effects);
// ---- update_tap.cpp
void patient_card_seen(State& state, const card::CardSeen& seen, Effects& effects);
void tap_proved(State& state, std::vector<card::Proof> proofs, Effects& effects);
void patient_card_gone(State& state, Effects& effects);
void take(State& state, PatientCard event, Effects& effects);
void take(State& state, Unlocked event, Effects& effects);
void take(State& state, GrantDrafted event, Effects& effects);
void take(State& state, SummaryOpened event, Effects& effects);
void take(State& state, AgreeConsent press, Effects& effects);
void take(State& state, DeclineConsent press, Effects& effects);
// ---- update_windows.cpp
void take(State& state, SummaryReopened event, Effects& effects);
void take(State& state, WindowsListed event, Effects& effects);
void take(State& state, CloseSummary press, Effects& effects);
void take(State& state, ShowWindows press, Effects& effects);
void take(State& state, OpenWindow press, Effects& effects);
void take(State& state, GoBack press, Effects& effects);
void take(State& state, ToggleStoppedMedicines press, Effects& effects);
void take(State& state, TypeKana press, Effects& effects);
void take(State& state, EraseKana press, Effects& effects);
// ---- update_world.cpp: time, the line, faults
void take(State& state, Tick event, Effects& effects);
void take(State& state, SyncTold event, Effects& effects);
void take(State& state, DeskFailed event, Effects& effects);
void take(State& state, FaultNoted event, Effects& effects);
void take(State& state, FaultCleared event, Effects& effects);
void take(State& state, DismissNotice press, Effects& effects);
void take(State& state, SetLanguage press, Effects& effects);
void take(State& state, SetTheme press, Effects& effects);
void take(State& state, Touched press, Effects& effects);

}  // namespace kazashi::state
