// What a Desk is made of. Its operations stand in staff.cpp, shifts.cpp, slots.cpp and admission.cpp (staff), tap.cpp,
// granting.cpp, history.cpp, withdrawal.cpp, windows.cpp, tend.cpp and break_glass.cpp.
#pragma once

#include <array>
#include <map>

#include "sync/desk/desk.h"
#include "sync/desk/key_ring.h"
#include "sync/desk/name_book.h"
#include "sync/desk/name_index.h"
#include "sync/desk/section_opening.h"
#include "sync/fhir/looks.h"
#include "sync/vault/lock.h"

namespace kazashi::desk {

// The name index as it was when it was read, and from what.
struct OpenIndex {
    struct Source {
        std::vector<std::array<std::int64_t, 3>> pages{};  // page, epoch, version of each
        std::vector<std::int64_t> epochs{};                // of the emergency keys there were
        bool operator==(const Source&) const = default;
    };
    NameIndex names;
    Source source;
    model::Cursor read_at;  // nothing has come since: the source is what it was
};

// Who is signed in, and what that opened. Everything that may not outlive a locked screen belongs in here.
struct Session {
    model::StaffId staff;
    KeyRing keys;
    bool admitted{};  // let in by two colleagues: no card of theirs has opened anything
    bool by_id_card{false};  // with an HPKI card: there is no shift to come back to
    NameBook names;
    std::optional<OpenIndex> index{};  // once searched
};

// A staff member who signed in with card and PIN and may come back with the card alone. In memory only: gone with the
// power.
struct Shift {
    vault::ShiftKey key;
    model::UtcTime until;
    std::string name;
};
// Somebody who was let in without a card, and may be switched to until then.
struct Admission {
    model::UtcTime until;
    std::string name;
};

// A colleague's card for which a slot is being made.
struct SlotDraft {
    vault::Slot slot;
    card::Idm idm;
};

// A patient's card on the reader, and how far its tap has come.
struct PatientTap {
    card::Idm idm;
    model::CardIndex card;
    model::Lock lock;
    bool self{};                 // nobody is signed in: the patient alone
    model::SectionSet sections;  // what this facility may see
    int window_days{};
    std::optional<vault::CardKey> key{};            // once the lock is open
    std::vector<model::GrantId> notices{};          // break-glass views the patient is told of with this tap
    std::optional<model::Grant> grant{};            // once drafted
    std::optional<model::Withdrawal> withdrawal{};  // once drafted
};

struct Desk::Parts {
    Parts(store::Store opened, const store::Enrolment& enrolment, model::TrustedClock& trusted);

    // An entry as the ledger wants it: its body can be read by the region alone.
    store::Store::NewEntry entry(model::LedgerKind kind, const model::TrustedTime& at,
                                 const wire::LedgerBody& body) const;
    Status write(model::LedgerKind kind, const wire::LedgerBody& body);
    model::StaffId staff() const { return session ? session->staff : model::StaffId{}; }
    Result<model::FacilityType> facility_type();
    Result<model::TypePolicy> rules();  // of this facility's type

    // ---- a patient's card, windows
    Result<vault::IndexKey> index_key();  // of whoever is signed in, or of a kiosk
    Result<model::Lock> lock_of(const card::Identity& card);
    Status refuse_revoked(const card::Idm& idm);
    Result<std::optional<model::PatientRef>> owner_of(const card::Idm& idm);  // while somebody is signed in
    // Of the card of the tap; the first needs no open lock.
    Result<std::vector<model::Wrap>> wraps_of_card();
    model::Grant new_grant(const model::PatientRef& patient, const char* purpose, model::SectionSet sections,
                           model::UtcTime from, model::UtcTime until) const;
    model::Grant own_look(model::SectionSet sections, model::UtcTime now) const;  // purpose self
    Result<Unwrapped> open_with_card(const vault::WindowKey& window_key, const model::TrustedTime& now);
    Result<std::vector<fhir::Look>> read_history();  // nothing is written here: whoever shows it does that first
    Result<std::vector<EmergencyView>> take_notices();

    wire::LedgerBody view_of(const model::Grant& grant, const std::vector<SealedSection>& sections) const;
    // The window's sections that `grant` names, the view on the record before they are opened.
    Result<std::unique_ptr<model::Summary>> view_window(const store::WindowRow& window, const model::Grant& grant);

    Result<std::optional<store::WindowRow>> live_window_of(const model::PatientRef& patient);
    store::Store::NewEntry end_of(const store::WindowRow& window, const char* why, const model::TrustedTime& at) const;

    // ---- break-glass
    Result<model::TypePolicy> emergency_rules();  // denied: break-glass is not theirs to use here
    Result<const NameIndex*> name_index();        // opened if it is not in memory, on the record
    Status tend_names();                          // what is open follows the feed; on the record since it was opened
    Result<model::StaffId> second_of(model::BreakGlass rule, std::optional<SecondStaff> second);
    Result<Unwrapped> open_without_card(const model::Grant& grant, const model::TrustedTime& now, const Unwrap& unwrap,
                                        const vault::WindowKey& window_key);

    // ---- staff
    // Card and PIN against their slot. A wrong PIN is counted and on the record, whatever it was tried for.
    using PinTry = std::variant<vault::StoreKey, WrongPin>;
    Result<PinTry> try_pin(const vault::Slot& slot, const card::Identity& card, const std::vector<card::Proof>& answers,
                           const base::SecretBytes& pin, const model::TrustedTime& now);
    // What an ID card signed: the hash of its key, if the region's authorities answer for it now. denied:
    // "id_card_not_valid", on the record, or "id_cards_unused".
    Result<card::Digest> verify_holder(card::IdCardKind kind, const card::Digest& asked, const IdCardAnswer& answer);
    Result<std::vector<base::Bytes>> id_card_roots(card::IdCardKind kind);  // denied "id_cards_unused"
    Status note_id_card(const char* note, std::optional<model::PatientRef> patient = {});
    // A colleague's card, and their PIN unless within their shift. wrong_key: wrong card or PIN, counted and in the
    // ledger like a failed sign-in. denied: locked by wrong PINs, no longer staff, or a PIN is needed.
    Result<model::StaffId> verify_colleague(const card::Identity& card, std::vector<card::Proof> answers,
                                            std::optional<base::SecretBytes> pin);
    Result<vault::StoreKey> open_shift(const vault::Slot& slot, const card::Identity& card,
                                       const std::vector<card::Proof>& answers, const model::TrustedTime& now);
    bool in_shift(const model::StaffId& staff, model::UtcTime now) const;
    bool is_admitted(const model::StaffId& staff, model::UtcTime now) const;
    Result<SignedIn> introduce(const model::StaffId& staff, const vault::SealingPair& facility_key);
    void begin_session(const model::StaffId& staff, KeyRing keys, bool admitted);
    // The keys go first: a full disk must not keep a screen open.
    Status close_session(model::LedgerKind kind, const std::string& note);
    // Who has left the staff, lost the card or come to the end of an admission goes out.
    Status tend_staff(const model::TrustedTime& now);

    // ---- quiet moments
    Status tend_clock(const model::TrustedTime& now);
    Result<bool> end_windows(const model::TrustedTime& now);
    Result<bool> adopt(const store::WindowRow& window);
    Result<bool> take_in(const model::Wrap& wrap, const model::TrustedTime& now);
    Result<bool> take_in_wraps(const model::TrustedTime& now);

    store::Store store;
    model::TerminalId terminal;
    model::Facility facility;  // as enrolled; the feed may know it better
    model::SealKey region_seal;
    model::VerifyKey region_verify;
    vault::SigningPair signing;
    model::TrustedClock& clock;

    std::optional<Session> session;
    std::map<model::StaffId, Shift> shifts;
    std::map<model::StaffId, Admission> admissions;
    std::optional<SlotDraft> slot_draft;
    std::optional<vault::IdChallenge> id_draft;  // what a new ID slot's card is asked to sign
    std::optional<card::Digest> holder_asked;    // what a My Number card was asked to sign
    std::optional<PatientTap> tap;
    std::optional<model::UtcTime> clock_marked;             // when the mark was last written
    std::optional<model::ClockFault> clock_fault_to_write;  // taken from the clock, not yet in the ledger
};

}  // namespace kazashi::desk
