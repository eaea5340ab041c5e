// What a State is made of besides plain values: what each screen needs, and only while it is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cardio/card/card.h"
#include "sync/desk/desk.h"
#include "sync/engine/card_order.h"
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
    capsule,   // the emergency facts on the card itself
    history,   // who looked at the record
    withdraw,  // taking the permission back
    // staff among themselves (StaffJob)
    staff_menu,
    colleagues,      // choose one
    lay_card,        // hold the card: whose and what for is in the job
    confirm_removal,
    id_card,         // a My Number or HPKI card: what for, and its PIN (IdCard)
    // break-glass (Search)
    search,
    reason,
    // looking for the cause of trouble (DoctorVisit)
    doctor,
    // cards themselves
    issuing,    // making one, at the region's office (IssueVisit)
    lost_card,  // reporting one (LostVisit)
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

// An ID card on the reader, and what is asked of its holder.
struct IdCard {
    enum class For { holder, sign_in, registering };  // holder: a My Number card; the others: an HPKI card
    enum class Step {
        laying,      // registering: the card is waited for
        looking_up,  // the desk says what is to be signed
        typing,
        last_try,    // one try is left: asked once more
        signing,     // the card has the PIN
        opening,     // the desk has the signature
    };
    For purpose{};
    Step step{};
    card::SessionNumber session{};
    card::Digest digest;            // what it is to sign
    base::SecretBytes pin;          // ASCII digits so far, of an HPKI card letters too; wiped when the screen goes
    enum class Keys { digits, capitals, small };
    Keys keys{Keys::digits};        // those on the screen
    std::optional<int> tries_left;  // none: this card does not say
    bool wrong{false};              // the PIN before this one was
    bool wrong_card{false};         // while laying: not an HPKI card
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
    card::Idm idm{};
    card::Chip chip{};
};

// The emergency facts on a patient's card, while that card lies there and somebody is signed in.
struct CapsuleLook {
    enum class Step { offered, reading, opening, told };
    Step step{Step::offered};
    card::SessionNumber session{};
    card::Identity identity;
    bool nothing_else{false};       // neither lock nor record of this card is here
    std::optional<Notice> problem;  // told: why there is nothing to show
};

// While the summary is read and the region can be reached: its newest capsule onto the card, without a word on the
// screen. A card that is taken away is written at its next tap.
struct CapsuleWrite {
    std::uint64_t call{};
    card::SessionNumber session{};
    std::size_t frames{};  // on their way to the card
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

// A card being made. Only on its screen; the region keeps what is under way, so leaving loses nothing.
struct IssueVisit {
    enum class Step {
        typing,    // whose it shall be
        lay_card,  // a card to be laid on
        working,   // frames go to and fro
        put_back,  // it was taken away too early
        no_line,   // the region cannot be reached
        over,      // `outcome` and `note`
    };
    Step step{Step::typing};
    wire::CardPurpose purpose{wire::CardPurpose::issue};
    card::CardKind kind{card::CardKind::patient};
    std::string number;                  // ten digits
    std::uint64_t call{};                // of this order; what an older one still says is dropped
    bool begun{false};                   // the region knows of it
    std::optional<card::SessionNumber> session;  // a card that could be it lies there
    std::optional<card::Idm> idm;        // and this is its IDm
    std::optional<card::Idm> ours;       // of the order's card
    std::size_t frames{};                // on their way to the card
    bool asked{false};                   // of the desk or the region, not yet answered
    bool anew{false};                    // asked before the card was put back: the answer is dropped, and asked again
    std::optional<Notice> trouble;       // what was laid there instead of a card that could be it
    std::optional<wire::CardHolder> whose;  // of the card under way, where nobody has typed it
    std::int64_t done{};
    std::int64_t steps{6};
    wire::CardOutcome outcome{};
    std::string note;                    // key of a sentence
};

// A patient's card is lost.
struct LostVisit {
    enum class Step { choosing, confirming, writing };
    Step step{Step::choosing};
    enum class By { number, name };
    By by{By::number};                       // what the keys type
    std::string kana;                        // of the name, so far
    std::string kana_row;                    // of the keys: the open one
    std::optional<desk::LiveWindow> window;  // whose, if they have one here
    std::string number;                      // else the regional id, ten digits
};

}  // namespace kazashi::state
