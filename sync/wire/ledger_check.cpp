#include "sync/wire/ledger_check.h"

namespace kazashi::wire {

using base::Error;
using base::Fault;

namespace {

Error broken(Fault fault, model::LedgerSeq seq) { return {fault, "ledger entry " + std::to_string(seq.value)}; }

}  // namespace

base::Status LedgerCheck::add(const model::LedgerEntry& entry) {
    const bool follows = !head_ || (entry.seq.value == head_->seq.value + 1 && entry.prev == head_->hash);
    if (!follows || entry.terminal != terminal_.value_or(entry.terminal)) return broken(Fault::out_of_order, entry.seq);

    if (entry_signed_by(entry, key_)) {
        if (older_key_ && !signed_ && !rekeyed_) return broken(Fault::bad_signature, *older_key_);
        signed_ = true;
    } else {
        // The present key is the last one: nothing of another follows it.
        if (signed_) return broken(Fault::bad_signature, entry.seq);
        if (!older_key_) older_key_ = entry.seq;
    }
    head_ = ChainHead{entry.seq, hash_of(entry)};
    terminal_ = entry.terminal;
    rekeyed_ = entry.kind == model::LedgerKind::rekeyed;
    return base::ok();
}

base::Status LedgerCheck::done() const {
    if (older_key_ && !signed_) return broken(Fault::bad_signature, *older_key_);
    return base::ok();
}

}  // namespace kazashi::wire
