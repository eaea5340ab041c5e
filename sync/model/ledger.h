// The terminal's append-only list of events: audit log and outbox in one (design §7). The body is sealed to the region;
// what stands outside it is only what the chain and the push need. Encoding, hash and signature: sync/wire/ledger.h.
#pragma once

#include "cardio/base/bytes.h"
#include "sync/model/ids.h"
#include "sync/model/trusted_clock.h"

namespace kazashi::model {

enum class LedgerKind : std::uint8_t {
    sign_in = 1,
    sign_out = 2,
    sign_in_failed = 3,
    card_refused = 4,  // a card that did not open its lock
    grant = 5,         // body: grant and proof
    view = 6,          // body: grant id, patient, sections
    withdrawal = 7,
    break_glass = 8,
    window_ended = 9,
    clock_fault = 10,
    declined = 11,  // the patient said "not now"
    locked = 12,    // the screen was locked: by idling or by hand; the shift goes on
    unlocked = 13,  // within a shift, by the staff card alone
    pin_changed = 14,
    slot_added = 15,    // body: other_staff
    slot_removed = 16,  // body: other_staff
    admitted =
        17,  // two colleagues let a third in without a card for one shift; body: staff, second_staff, other_staff
    name_search = 18,     // the name index was opened for searching
    history_shown = 19,   // the patient saw who looked
    notice_shown = 20,    // the patient was told of a break-glass view; body: grant_id of it
    terminal_ended = 21,  // decommissioned: the last entry of a terminal
    rekeyed = 22,
    card_issued = 23,     // a card was issued, finished, renewed or scrapped here; body: patient or staff, note: which
    card_lost = 24,       // staff reported a patient's card as lost: the region revokes it; body: patient
    capsule_shown = 25,   // the emergency facts on the card itself were shown; body: patient, if the terminal knows them
    id_card = 26,         // a My Number or HPKI card signed with its holder's PIN, or was refused; note: which
};

struct LedgerEntry {
    TerminalId terminal;
    LedgerSeq seq;
    Hash prev;  // hash of entry seq-1; all zero for the first
    UtcTime at;
    ClockQuality clock{};
    LedgerKind kind{};
    base::Bytes body;  // crypto_box_seal to the region
    Signature signature;
    bool operator==(const LedgerEntry&) const = default;
};

// The region's signed word about one entry. `refused` closes what the entry opened (design §6).
enum class Verdict : std::uint8_t { accepted = 1, refused = 2 };
struct Receipt {
    TerminalId terminal;
    LedgerSeq seq;
    Hash hash;
    UtcTime received_at;
    Verdict verdict{};
    std::string reason;  // key of a sentence: "proof_wrong", "card_revoked" …; empty when accepted
    Signature signature;
    bool operator==(const Receipt&) const = default;
};

}  // namespace kazashi::model
