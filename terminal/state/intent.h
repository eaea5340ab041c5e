// What a person does on the screen.
#pragma once

#include <variant>

#include "terminal/state/parts.h"

namespace kazashi::state {

// ---- keys and moves
struct PressDigit { int digit{}; };           // of a PIN, or of a birth date or telephone number in the search
struct TypeLetter { char letter{}; };         // of an HPKI card's PIN: ASCII
struct ChooseKeys { IdCard::Keys keys{}; };   // for it
struct PressClear {};
struct PressCancel {};
struct PressEnter {};
struct TypeKana { std::string kana; };        // one kana of a search
struct EraseKana {};                          // the last letter or digit of a search
struct Touched {};                            // a finger is on the glass, wherever: nobody has gone away
struct GoBack {};
struct DismissNotice {};
struct SetLanguage { Language language{}; };
struct SetTheme { Theme theme{}; };
// ---- the patient's card
struct AcknowledgeViews {};                   // the patient was told of break-glass
struct AgreeConsent {};
struct DeclineConsent {};
struct ShowCapsule {};                        // may_see_capsule()
struct CloseSummary {};
struct ToggleStoppedMedicines {};
struct ShowHistory {};                        // consent, or summary with the card on the reader
struct StartWithdrawal {};                    // summary with the card, or history
struct ChooseWithdrawal { bool everybody{}; };
struct ConfirmWithdrawal {};
// ---- windows
struct ShowWindows {};
struct OpenWindow { model::GrantId grant; };
// ---- staff
struct ShowStaffMenu {};
struct StartJob { StaffJob::Kind kind{}; };   // not break_glass: that begins with a person
struct ChooseColleague { model::StaffId staff; };
struct ConfirmRemoval {};
struct StartIdCard {};                        // registers one's own HPKI card
struct ConfirmLastTry {};                     // of an ID card's PIN
struct LockNow {};
struct SignOut {};                            // ends the shift
// ---- break-glass
struct StartSearch {};
struct ChooseField { Search::Field field{}; };
struct OpenKanaRow { std::string row; };        // by its first kana; empty: back to the ten rows
struct ChooseAddress { std::string address; };  // one of Search::places; empty: everywhere
struct ChooseCandidate { model::PatientRef patient; };
struct ChooseReason { std::string reason; };  // one of emergency_reasons
// ---- trouble
struct ShowDoctor {};
struct CheckAgain {};
struct RepairFinding { std::string key; };

// ---- cards themselves
struct ShowIssuing {};
struct ChooseCardKind { card::CardKind kind{}; };
struct EraseDigit {};                         // the last one typed
struct GoOn {};                               // number typed; what is to be said was read; line back
struct MakeAnother {};                        // the number has a card: a new one takes its place
struct FinishCard {};                         // a card that is half done already
struct ShowLostCard {};
struct ChooseLostBy { LostVisit::By by{}; };
struct ChooseLost { model::GrantId grant; };  // by their window
struct ReportLost {};

using Intent = std::variant<PressDigit, TypeLetter, ChooseKeys, PressClear, PressCancel, PressEnter, TypeKana, EraseKana, Touched, GoBack,
                            DismissNotice, SetLanguage, SetTheme, AcknowledgeViews, AgreeConsent, DeclineConsent, ShowCapsule,
                            CloseSummary, ToggleStoppedMedicines, ShowHistory, StartWithdrawal, ChooseWithdrawal,
                            ConfirmWithdrawal, ShowWindows, OpenWindow, ShowStaffMenu, StartJob, ChooseColleague,
                            ConfirmRemoval, StartIdCard, ConfirmLastTry, LockNow, SignOut, StartSearch, ChooseField, OpenKanaRow, ChooseAddress, ChooseCandidate,
                            ChooseReason, ShowDoctor, CheckAgain, RepairFinding, ShowIssuing, ChooseCardKind, EraseDigit, GoOn,
                            MakeAnother, FinishCard, ShowLostCard, ChooseLostBy, ChooseLost, ReportLost>;

}  // namespace kazashi::state
