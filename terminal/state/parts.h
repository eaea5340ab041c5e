// What a State is made of besides plain values: what each screen needs, and only while it is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cardio/card/card.h"
#include "sync/desk/desk.h"
#include "terminal/state/finding.h"

namespace kazashi::state {

using base::SteadyTime;
using base::UtcTime;

enum class Language { japanese, english };
enum class Theme { counter, ambulance };

enum class Screen {
    idle,      // nobody signed in: hold your card
    locked,    // nobody signed in, but somebody's shift goes on: who may come back with the card alone
    sign_in,   // staff card on the reader: PIN; what for is in SignIn::asks and in the job
    home,      // signed in: hold the patient's card; live windows in a quiet list
    windows,   // people with a live window, search by kana
    notice,    // something a person must know now: refused, torn, two cards …
    fault,     // something is wrong with this terminal or its surroundings
    // the patient's
    told,      // their record was opened by break-glass: they are told, before anything else
    consent,   // the patient's yes or not now
    summary,
    history,   // who looked at the record
    withdraw,  // taking the permission back
    // staff among themselves (StaffJob)
    staff_menu,
    colleagues,      // choose one
    lay_card,        // hold the card: whose and what for is in the job
    confirm_removal,
    // break-glass (Search)
    search,
    reason,
    // looking for the cause of trouble (DoctorVisit)
    doctor,
};

// A sentence for a person: keys into assets/strings, so that no sentence is in C++.
struct Notice {
    std::string what;   // "notice.card_torn" : what happened
    std::string now;    // "notice.card_torn.now" : what to do
    enum class Tone { plain, caution, refused } tone{Tone::plain};
    bool operator==(const Notice&) const = default;
};

// A staff card on the reader, and what is asked of its owner.
struct SignIn {
    enum class Step { typing, proving, trying };  // proving: the card answers; trying: Argon2id is running
    enum class Asks { pin, old_pin, new_pin, again };
    Step step{Step::typing};
    Asks asks{Asks::pin};
    bool pin_needed{true};                   // false within a shift: nothing is typed
    card::SessionNumber session{};
    model::StaffId staff;
    card::Challenge first, second;
    base::SecretBytes pin;                   // ASCII digits so far, at most 8; wiped when the screen goes
    base::SecretBytes old_pin;               // typed and entered before
    base::SecretBytes new_pin;
    bool differed{false};                    // the new PIN was not the same twice
    std::optional<int> tries_left;           // after a wrong one
    std::optional<UtcTime> locked_until;     // no try before this
};

// What staff do among themselves, from the menu to its end. Without one, a staff card signs in.
struct StaffJob {
    enum class Kind {
        change_pin,   // own card, old PIN, new PIN twice
        let_in,       // a colleague without a card: choose, then a second colleague's card (and PIN)
        add_card,     // the colleague's card, then their new PIN twice
        remove,       // a colleague's access: choose, confirm
        take_over,    // one who was let in: choose
        break_glass,  // a second colleague's card (and PIN); the person and the reason are in Search
    };
    Kind kind{};
    std::optional<desk::Colleague> colleague;  // once chosen
    bool wrong_card{false};                    // the card laid on was not one that can help: own, or the third's
    bool asked{false};                         // of the desk, not yet answered
};

// The patient's card on the reader, and how far its tap has come.
struct Tap {
    enum class Step { looking_up, proving, unlocking, told, consent, drafting, signing, opening, open,
                      nothing_here,  // the card is theirs, but there is no record this facility may see
                      withdrawing, signing_withdrawal, writing_withdrawal };
    Step step{Step::looking_up};
    card::SessionNumber session{};
    SteadyTime at;                           // of the SCardGetStatusChange that brought it
    std::optional<desk::TapStart> start;
    bool presented{false};                   // it can be read, but not prove itself
    bool record{true};                       // there is one this facility may see
    bool history_asked{false};
};

// The doctor at work, or what was found. Only on its screen.
struct DoctorVisit {
    struct Group {
        DoctorGroup group{};
        std::vector<Finding> findings;
    };
    Screen from{};             // where "back" leads
    std::uint64_t call{};      // what an older call still tells is dropped
    bool running{true};
    bool failed{false};        // it could not even begin
    std::string repairing;     // the key of what is being repaired
    std::vector<Group> groups; // those that have answered, in the order of doctor_groups
};

// Nobody is signed in, the shifts of these go on.
struct Locked {
    std::vector<desk::Colleague> may_return;  // with the card alone; the desk names them a moment after locking
};

struct Withdrawing {
    Screen from{};             // summary or history: where "back" leads
    bool here{true};           // this facility can be chosen; not at a kiosk, which looks at nobody
    std::optional<bool> everybody;  // once chosen: then it is to be confirmed
};

// Why the glass is broken; "reason." before it is the key of its sentence.
inline constexpr const auto& emergency_reasons = desk::break_glass_reasons;

// Break-glass, from the first letter to the opened record. Always held by unique_ptr: when it goes, it is wiped.
struct Search {
    enum class Field { kana, born, phone, address };  // an address is not typed, but chosen from `places`
    enum class Step { typing, reason, second_staff, opening };
    Step step{Step::typing};
    Field field{Field::kana};
    std::string kana_row;               // the row of the kana pad that is open, by its first kana; empty: all ten
    desk::Query query;
    std::uint64_t asked{};              // number of the newest question; an older answer is dropped
    bool waiting{false};                // that question has not been answered
    std::vector<std::string> places;    // towns of the name index
    std::vector<desk::Candidate> found;
    std::optional<desk::Candidate> chosen;
    std::string reason;                 // one of emergency_reasons
};

}  // namespace kazashi::state
