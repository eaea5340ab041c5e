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
    card_refused = 4,   // a card that did not open its lock
    grant = 5,          // body: grant and proof
    view = 6,           // body: grant id, patient, sections
    withdrawal = 7,
    break_glass = 8,
    window_ended = 9,
    clock_fault = 10,
    declined = 11,      // the patient said "not now"
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
