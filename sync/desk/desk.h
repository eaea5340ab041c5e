// The desk: what staff and patients do at this terminal, from a card's answers to an opened summary. It owns the opened
// keys and the order of things: nothing is returned before its ledger entry is durable (design §1.4). One thread.
//
// One tap, in order:   tap(identity) → TapStart with two challenges → card answers
//                      unlock(proofs) → the lock opened, or wrong_key (a forged card; already in the ledger)
//                      draft_grant()  → the grant and its challenge → card answers
//                      open(proof)    → grant + view + window in one transaction, then the summary
// After unlock() and until forget_tap() the patient's card may also: history(), notices_read(), draft_withdrawal().
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sync/model/capsule.h"
#include "sync/model/code_name.h"
#include "sync/model/summary.h"
#include "sync/model/trusted_clock.h"
#include "sync/store/enrolment.h"
#include "sync/store/store.h"

namespace kazashi::desk {

using base::Result;
using base::Status;

struct StaffChallenge {
    model::StaffId staff;
    card::Challenge first;
    card::Challenge second;
    std::optional<model::UtcTime> locked_until;  // five wrong PINs: no try before this
    bool pin_needed{true};                       // false within a shift: the two answers are enough
};
struct SignedIn {
    model::StaffId staff;
    std::string name;
    bool may_search{};  // break-glass is theirs to use here; the name index is loaded when first asked for
};
struct WrongPin {
    int tries_left{};
    std::optional<model::UtcTime> locked_until;
};
using SignInAnswer = std::variant<SignedIn, WrongPin>;

struct TapStart {
    card::Challenge first;
    card::Challenge second;
    bool self{};           // nobody is signed in: the patient alone at a kiosk; no window comes of it
    bool confirm{};        // policy wants the patient's yes before a grant is made
    model::UtcTime until;  // when the window would end
    int window_days{};     // 0 with self
    model::SectionSet sections;
};

// A row of the list of windows; one by break-glass is among them. One the region refused or withdrew stays in it for a
// while, with its reason and without a name: its wraps are gone, so nobody can read the name any more.
struct LiveWindow {
    model::GrantId grant;
    std::string kanji;  // empty when refused, and until the data of a window shared by another terminal has come
    std::string kana;
    model::UtcTime granted_at;
    model::UtcTime until;
    int days_left{};
    model::SectionSet sections;  // of the grant: what of it is missing in an opened summary is not here yet
    bool receipted{};
    bool emergency{};    // by break-glass
    bool refused{};      // refused or withdrawn
    std::string reason;  // with refused: key of a sentence
    model::RecordDate born{};  // empty where the name is: what tells people of one name apart
};

// What the open lock tells the patient besides: somebody broke the glass, and they have not been told yet.
struct EmergencyView {
    model::GrantId view;
    std::string facility;
    std::string reason;  // key of a sentence
    model::UtcTime at;
};
struct Unlocked {
    std::vector<EmergencyView> notices;
    bool record{true};  // false: nothing of this patient is here that this facility may see; the card is theirs still
};
// What was opened without the card, and the window it was opened from.
struct OpenedWindow {
    model::GrantId grant;
    std::unique_ptr<model::Summary> summary;
};

// One line of "who looked".
struct Look {
    model::UtcTime at;
    std::string facility;  // its name
    enum class Kind { grant, view, emergency, withdrawal, self } kind{};
    model::SectionSet sections;
    std::string reason;  // with emergency: key of a sentence
    bool sent{true};     // false: made here, and the region has not confirmed it yet
};

// A person found in the name index.
struct Candidate {
    model::PatientRef patient;
    std::string kanji;
    std::string kana;
    std::string born;  // "1941-03-02"
    std::string address;
    model::Sex sex{};
    bool record{};  // there is something break-glass could open
};
// Everything that is given must fit; an empty query finds nobody.
struct Query {
    std::string kana;     // prefix of any part of the reading, katakana or hiragana; several, with a blank between
    std::string born;     // prefix of "19410302"
    std::string phone;    // any run of digits of it; fewer than three are not looked for
    std::string address;  // any part of it
};
// Why the glass is broken: what break_glass() takes as `reason`, keys of sentences.
inline constexpr std::array<const char*, 4> break_glass_reasons{"unconscious", "cannot_speak", "disaster",
                                                                "other_urgent"};

struct Colleague {
    model::StaffId staff;
    std::string name;
    bool slot{};                                // has a slot here
    bool admitted{};                            // let in without a card: switch_to() is theirs
    std::optional<model::UtcTime> shift_until;  // let in or signed in, and may come back until then
};

// What an ID card answered to a digest of the desk's: not yet believed.
struct IdCardAnswer {
    base::Bytes certificate;
    base::Bytes signature;
};
struct HolderOpened {
    model::GrantId grant;         // of the window
    model::SectionSet sections;   // of it, as far as the policy still lets this facility see them
    bool emergency{};             // it came by break-glass
    std::unique_ptr<model::Summary> summary;
};

// What a card says, and what its codes are called as far as the region's glossary has come here.
struct NamedCapsule {
    model::Capsule facts;
    std::vector<model::CodeName> names;
};

// The time this terminal last knew, for the TrustedClock at start.
Result<std::optional<model::ClockMark>> read_clock_mark(store::Store& store);

class Desk {
public:
    Desk(store::Store store, const store::Enrolment& enrolment, model::TrustedClock& clock);
    ~Desk();

    // ---- staff
    Result<StaffChallenge> staff_card(const card::Identity& card);  // not_found: no slot on this terminal
    // Begins a shift. Whoever was signed in before is locked out; their shift goes on.
    Result<SignInAnswer> sign_in(const card::Identity& card, std::vector<card::Proof> answers, base::SecretBytes pin);
    // Within the shift of a staff member whose card this is: their answers alone. wrong_key: a forged card, in the
    // ledger. denied: no shift, the PIN is needed.
    Result<SignedIn> unlock_shift(const card::Identity& card, std::vector<card::Proof> answers);
    Status lock();      // wipes every opened key; the shift goes on
    Status sign_out();  // the same, and ends the shift
    // wrong_key: counted like a failed sign-in. denied "locked": by wrong PINs, staff_card() says until when.
    // malformed: the new PIN is none.
    Status change_pin(const card::Identity& card, std::vector<card::Proof> answers, base::SecretBytes old_pin,
                      base::SecretBytes new_pin);
    Result<std::vector<Colleague>> colleagues();  // of this facility, without whoever is signed in
    // Who may come back with the card alone, and until when; kept in memory, so that a locked screen can say it.
    std::vector<Colleague> shifts() const;
    // A colleague's own card, laid on by them, with their new PIN. `draft_slot` gives the challenges, and takes the
    // time of a PIN. denied: not of this facility's staff, or has a slot here already (remove_slot() first), or
    // revoked.
    Result<StaffChallenge> draft_slot(const card::Identity& card);
    Status add_slot(const card::Identity& card, std::vector<card::Proof> answers, base::SecretBytes pin);
    // denied: the last one. Their shift ends with it; one's own signs out.
    Status remove_slot(const model::StaffId& staff);
    // Whoever is signed in by their own card and a second colleague with card (and PIN, unless within a shift) let a
    // third in without a card, until the end of a shift. The third is signed in then. wrong_key: the second's card or
    // PIN, counted. denied: "same_staff", "locked", not of this facility's staff, or who asks was let in themselves.
    Result<SignedIn> admit(const model::StaffId& third, const card::Identity& second, std::vector<card::Proof> answers,
                           std::optional<base::SecretBytes> pin);
    Result<SignedIn> switch_to(const model::StaffId& admitted);  // while their admission lives, from a signed-in screen
    bool signed_in() const;
    // An HPKI card that its owner has registered here signs them in, with the card's own PIN: what the card is to sign,
    // then its answer. No shift begins, since only the staff card can open one again. not_found: no such card is
    // registered here. denied: "id_card_not_valid", "id_cards_unused" by the policy, no longer staff.
    Result<card::Digest> staff_id_challenge();
    Result<SignedIn> sign_in_by_id_card(const IdCardAnswer& answer);
    // Whoever is signed in registers theirs, instead of the one before; it goes with their slot. denied also: they were
    // let in without a card, "id_card_taken": by a colleague.
    Result<card::Digest> draft_id_slot();
    Status add_id_slot(const IdCardAnswer& answer);
    // The card, of whichever kind, has refused the PIN: that stands in the ledger before anybody is told. Whose card it
    // is nobody knows. `blocked`: there is no other try.
    Status id_card_pin_refused(bool blocked);
    // Who it is, with the name the feed knows by now: a new terminal learns it only after the first sync.
    Result<SignedIn> who();  // denied: nobody is signed in

    // ---- a patient's card
    // not_found: the feed has not brought a lock for this card. denied: revoked, nobody signed in, "presented_only" (an
    // old card, and nobody has told whose it is), or "excluded": the patient does not want this facility to see anything.
    // With nobody signed in at a facility whose policy has self_service it is the patient alone (TapStart::self): open()
    // then shows them their own record under a grant of purpose "self" that leaves no window, and nothing else of the
    // desk opens.
    Result<TapStart> tap(const card::Identity& card);
    // wrong_key: a forged card, already in the ledger. not_found: the feed has brought nothing the card could open, so
    // it could not even prove itself.
    Result<Unlocked> unlock(std::vector<card::Proof> answers);
    Result<card::Challenge> draft_grant();
    Result<std::unique_ptr<model::Summary>> open(card::Proof proof);
    // A card that can be read but cannot answer (Assurance::presented): what the policy lets it open of a live window
    // that the region has confirmed. denied "presented_only": nothing, which is the default.
    Result<std::unique_ptr<model::Summary>> open_presented();
    // Who looked, newest first: what the region has told, and what happened here since. On the record.
    Result<std::vector<Look>> history();
    Status notices_read(const std::vector<model::GrantId>& views);  // the patient was told; on the record
    // The patient takes it back, this facility's (false) or everybody's (true): the challenge, then the proof. With it
    // go this patient's windows here, and the tap.
    Result<card::Challenge> draft_withdrawal(bool everybody);
    Status withdraw(card::Proof proof);
    Status decline();   // "not now": on the record, nothing opened
    void forget_tap();  // card gone: everything of this tap is wiped

    // ---- a patient's My Number card, with its PIN: who it is, and of them what a live window of this facility opens.
    // denied: nobody signed in, "id_cards_unused", "id_card_not_valid", "excluded". not_found: "not_linked": the region
    // knows nobody by it; "no_window": a new one wants the regional card. On the record in every case.
    Result<card::Digest> draft_holder();
    Result<HolderOpened> open_holder(const IdCardAnswer& answer);

    // ---- the emergency facts on the card itself: S_PAD1 to S_PAD13 as the station read them. Needs neither lock nor
    // package, nor any feed since enrolment; the card has not proved itself by it. On the record before it returns.
    // denied: nobody signed in, "not_entitled", revoked, "excluded", "no_capsule_key", "capsule_epoch N": sealed under a
    // key this terminal has not got. not_found: no capsule on this card. unsupported: of a newer version.
    // bad_signature: not what the region made for this card; on the record too.
    Result<std::unique_ptr<NamedCapsule>> capsule(const card::Identity& card, const std::vector<card::Block>& read);

    // ---- live windows, without a card. denied when nobody is signed in: names need the store key.
    Result<std::vector<LiveWindow>> windows();
    // not_found: no such window, or its data has not come yet.
    Result<std::unique_ptr<model::Summary>> reopen(const model::GrantId& grant);
    // Ends what has ended, writes clock faults, persists the clock mark; while somebody is signed in also takes in
    // windows that another terminal of the facility shares, facility wraps, and what is new in an opened name index.
    // Returns whether the list of windows or what they open changed.
    Result<bool> tend();

    // ---- break-glass (design §2): without the patient's card, by entitled staff, with a reason, on the record.
    // denied: nobody signed in, "not_entitled" by this facility's policy, "no_emergency_key", "excluded" by the
    // patient.
    Result<model::BreakGlass> break_glass_rule();
    // The first of these reads the name index into memory, on the record; lock() and sign_out() wipe it.
    // Towns of the index, most people first: an address is chosen, not typed.
    Result<std::vector<std::string>> places();
    // Sorted by kana. An empty Query finds nobody.
    Result<std::vector<Candidate>> search(const Query& query, std::size_t most);
    struct SecondStaff {
        card::Identity card;
        std::vector<card::Proof> answers;
        std::optional<base::SecretBytes> pin;  // not needed within a shift
    };
    // The policy's emergency sections, in a window that ends after its emergency_hours to the millisecond. A patient
    // with a live window here is opened from that: there is no glass to break. denied also: "second_staff_needed",
    // "same_staff". wrong_key: the second one's card or PIN, counted like a failed sign-in. not_found: nothing to open.
    Result<OpenedWindow> break_glass(const model::PatientRef& patient, const std::string& reason,
                                     std::optional<SecondStaff> second);

    // ---- cards. denied: nobody is signed in.
    // A patient's card is lost; works with no line. The region revokes every live card of theirs when it hears of it, and
    // a new card undoes it.
    struct LostCard {
        std::optional<model::GrantId> window;  // theirs here; else
        std::string number;                    // their regional id, ten digits
    };
    // not_found: no such window.
    Status report_lost(const LostCard& lost);
    // Before the region is asked to make or finish a card at this terminal. `number`: whose it shall be; empty when nobody
    // here knows. denied also: "not_entitled" by the policy.
    Status begin_card_order(const char* what, card::CardKind kind, const std::string& number, const card::Idm& idm);

    Result<store::LedgerCounts> ledger_counts();
    Result<model::Policy> policy();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// At enrolment, before there is a Desk: makes the store key and the first staff slot.
struct FirstSlot {
    card::Challenge first;
    card::Challenge second;
};
// Adds one staff member's slot: challenges out, answers in. `store_key` is made for the first and reused for the next.
class SlotMaker {
public:
    // `cost` of the PINs: vault::measure_pin_cost(), or the least.
    SlotMaker(store::Store& store, const vault::IndexKey& index_key, vault::PinCost cost = {});
    FirstSlot draft(const card::Identity& card);
    Status seal(std::vector<card::Proof> answers, const base::SecretBytes& pin);
    // After the last slot: seals index key and facility key under the store key and forgets it. The policy for `type`
    // (Store::set_policy comes first) says whether this is a kiosk where the index key also lies readable.
    Status finish(const vault::SealingPair& facility_key, model::FacilityType type);
    ~SlotMaker();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::desk
