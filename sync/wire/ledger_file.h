// A ledger, or the newer part of one, in a file: pushes (wire::Push) one after the other, a CBOR sequence (RFC 8742).
// The courier's format, and what `kazashi ledger export` writes and `kazashi ledger verify` reads.
#pragma once

#include <span>

#include "sync/wire/ledger.h"

namespace kazashi::wire {

// As few pushes as their limits allow.
Bytes encode_ledger_file(std::span<const model::LedgerEntry> entries);
// malformed (no entry at all, too), limit. Nothing is verified.
Result<std::vector<model::LedgerEntry>> decode_ledger_file(ByteView bytes);

struct VerifiedLedger {
    model::TerminalId terminal;
    model::LedgerSeq first;  // above 1: older entries are not in the file
    ChainHead head;
};
// Chain and signatures of the whole file; see LedgerCheck for an earlier key. malformed, limit, out_of_order,
// bad_signature. `known` is the newest entry somebody else holds of this ledger (the terminal's store, a receipt): a
// file that ends before it was cut, and one that has another entry in its place is a fork; both out_of_order. Without
// it a file that was cut at its end, entry by entry, cannot be told from an older one.
Result<VerifiedLedger> verify_ledger_file(ByteView bytes, const model::VerifyKey& terminal,
                                          const std::optional<ChainHead>& known);

}  // namespace kazashi::wire
