// The desk: what staff and patients do at this terminal, from a card's answers to an opened summary. It owns the opened
// keys and the order of things: nothing is returned before its ledger entry is durable (design §1.4). One thread.
//
// One tap, in order:   tap(identity) → TapStart with two challenges → card answers
//                      unlock(proofs) → the lock opened, or wrong_key (a forged card; already in the ledger)
//                      draft_grant()  → the grant and its challenge → card answers
//                      open(proof)    → grant + view + window in one transaction, then the summary
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

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
};
struct SignedIn {
    model::StaffId staff;
    std::string name;
};
struct WrongPin {
    int tries_left{};
    std::optional<model::UtcTime> locked_until;
};
using SignInAnswer = std::variant<SignedIn, WrongPin>;

struct TapStart {
    card::Challenge first;
    card::Challenge second;
    bool confirm{};        // policy wants the patient's yes before a grant is made
    model::UtcTime until;  // when the window would end
    int window_days{};
    model::SectionSet sections;
};

// A row of the list of windows. One the region refused or withdrew stays in it for a while, with its reason and without
// a name: its wraps are gone, so nobody can read the name any more.
struct LiveWindow {
    model::GrantId grant;
    std::string kanji;  // empty when refused
    std::string kana;
    model::UtcTime granted_at;
    model::UtcTime until;
    int days_left{};
    bool receipted{};
    bool refused{};      // refused or withdrawn
    std::string reason;  // with refused: key of a sentence
};

// The time this terminal last knew, for the TrustedClock at start.
Result<std::optional<model::UtcTime>> read_clock_mark(store::Store& store);

class Desk {
public:
    Desk(store::Store store, const store::Enrolment& enrolment, model::TrustedClock& clock);
    ~Desk();

    // ---- staff
    Result<StaffChallenge> staff_card(const card::Identity& card);  // not_found: no slot on this terminal
    Result<SignInAnswer> sign_in(const card::Identity& card, std::vector<card::Proof> answers, base::SecretBytes pin);
    Status sign_out();  // wipes every opened key
    bool signed_in() const;
    // Who it is, with the name the feed knows by now: a new terminal learns it only after the first sync.
    Result<SignedIn> who();                          // denied: nobody is signed in

    // ---- a patient's card
    // not_found: the feed has not brought a lock for this card. denied: revoked, or nobody signed in.
    Result<TapStart> tap(const card::Identity& card);
    // wrong_key: a forged card, already in the ledger. not_found: the region holds nothing of this patient that this
    // facility may see, so there is nothing the card could open.
    Status unlock(std::vector<card::Proof> answers);
    Result<card::Challenge> draft_grant();
    Result<std::unique_ptr<model::Summary>> open(card::Proof proof);
    Status decline();   // "not now": on the record, nothing opened
    void forget_tap();  // card gone: everything of this tap is wiped

    // ---- live windows, without a card. denied when nobody is signed in: names need the store key.
    Result<std::vector<LiveWindow>> windows();
    Result<std::unique_ptr<model::Summary>> reopen(const model::GrantId& grant);
    // Ends what has ended, writes clock faults, persists the clock mark, takes in facility wraps the feed brought (only
    // while somebody is signed in). Returns whether the list of windows or what they open changed.
    Result<bool> tend();

    Result<store::LedgerCounts> ledger_counts();

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
    SlotMaker(store::Store& store, const vault::IndexKey& index_key);
    FirstSlot draft(const card::Identity& card);
    Status seal(std::vector<card::Proof> answers, const base::SecretBytes& pin);
    // After the last slot: seals index key and facility key under the store key and forgets it.
    Status finish(const vault::SealingPair& facility_key);
    ~SlotMaker();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::desk
