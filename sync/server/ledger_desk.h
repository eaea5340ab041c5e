// POST /v1/ledger: takes the terminals' ledgers in, settles what stands in them, and gives a signed receipt for each
// entry (design §7). A repeat does no harm: the same (terminal, seq, hash) gets the receipt it got before.
#pragma once

#include "sync/server/settlement.h"

namespace kazashi::server {

class LedgerDesk {
public:
    LedgerDesk(const RegionKeys& keys, const Packer& packer) : keys_{keys}, packer_{packer} {}

    // What follows the terminal's ledger is stored, up to the first entry that does not: `problem` names it, and what
    // came before it stays. A fork closes the ledger: nothing is taken from this terminal any more, for nobody knows
    // which of the two is the one that stands at the facility. denied: an entry is of another terminal than the one
    // that sends it, or is new though the terminal has ended.
    Result<wire::PushAnswer> push(Records& records, const TerminalRecord& terminal, const wire::Push& push,
                                  model::UtcTime now) const;

private:
    Result<model::Receipt> receipt_for(Records& records, Settlement& settlement, const model::LedgerEntry& entry,
                                       model::UtcTime now) const;

    const RegionKeys& keys_;
    const Packer& packer_;
};

}  // namespace kazashi::server
