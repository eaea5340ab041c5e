// What a Desk is made of. Its operations stand in desk.cpp (staff), tap.cpp, windows.cpp and tend.cpp.
#pragma once

#include "sync/desk/desk.h"
#include "sync/desk/key_ring.h"
#include "sync/desk/name_book.h"
#include "sync/vault/lock.h"

namespace kazashi::desk {

// Who is signed in, and what that opened.
struct Session {
    model::StaffId staff;
    KeyRing keys;
    NameBook names;
};

// A patient's card on the reader, and how far its tap has come.
struct PatientTap {
    card::Idm idm;
    model::CardIndex card;
    model::Lock lock;
    model::SectionSet sections;  // what this facility may see
    int window_days{};
    std::optional<vault::CardKey> key;  // once the lock is open
    std::optional<model::Grant> grant;  // once drafted
};

struct Desk::Parts {
    Parts(store::Store opened, const store::Enrolment& enrolment, model::TrustedClock& trusted);

    // An entry as the ledger wants it: its body can be read by the region alone.
    store::Store::NewEntry entry(model::LedgerKind kind, const model::TrustedTime& at,
                                 const wire::LedgerBody& body) const;
    Status write(model::LedgerKind kind, const wire::LedgerBody& body);
    model::StaffId staff() const { return session ? session->staff : model::StaffId{}; }
    Result<model::FacilityType> facility_type();

    Status tend_clock(const model::TrustedTime& now);
    Result<bool> end_windows(const model::TrustedTime& now);
    Result<bool> take_in_wraps(const model::TrustedTime& now);

    store::Store store;
    model::TerminalId terminal;
    model::Facility facility;  // as enrolled; the feed may know it better
    model::SealKey region_seal;
    vault::SigningPair signing;
    model::TrustedClock& clock;

    std::optional<Session> session;
    std::optional<PatientTap> tap;
    std::optional<model::UtcTime> clock_marked;  // when the mark was last written
    bool clock_fault_to_write{false};
};

}  // namespace kazashi::desk
