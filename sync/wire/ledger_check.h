// A terminal's ledger looked through from its oldest entry to its newest: every entry follows the one before it and is
// signed (design §7).
#pragma once

#include <optional>

#include "sync/wire/ledger.h"

namespace kazashi::wire {

// `key` is the terminal's present one. What an earlier key signed is held by the hashes of what the present one signed
// after it: such entries are taken when the last of them says `rekeyed`. Their own signatures were the region's to
// check.
class LedgerCheck {
public:
    // `before`: what the first entry follows; nullopt: anything, as when older entries have been pruned.
    LedgerCheck(std::optional<ChainHead> before, const model::VerifyKey& key) : head_{before}, key_{key} {}

    // out_of_order or bad_signature, with the number of the entry in the detail.
    base::Status add(const model::LedgerEntry& entry);
    base::Status done() const;

    const std::optional<ChainHead>& head() const { return head_; }  // the entry last added

private:
    std::optional<ChainHead> head_;
    model::VerifyKey key_;
    std::optional<model::TerminalId> terminal_;
    std::optional<model::LedgerSeq> older_key_;  // the first entry the present key has not signed
    bool rekeyed_{false};                        // the last entry says so
    bool signed_{false};                         // the present key has signed an entry
};

}  // namespace kazashi::wire
