// POST /v1/ledger: takes the terminals' ledgers in, settles what stands in them, and gives a signed receipt for each
// entry (design §7). A repeat does no harm: the same (terminal, seq, hash) gets the receipt it got before.
#pragma once

#include "sync/server/packer.h"
#include "sync/server/region.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

class LedgerDesk {
public:
    LedgerDesk(const RegionKeys& keys, const Packer& packer) : keys_{keys}, packer_{packer} {}

    // What follows the terminal's ledger is stored, up to the first entry that does not: `problem` names it, and what
    // came before it stays. denied: an entry is of another terminal than the one that sends it.
    Result<wire::PushAnswer> push(Records& records, const TerminalRecord& terminal, const wire::Push& push,
                                  model::UtcTime now) const;

private:
    struct Settled {
        model::Verdict verdict{model::Verdict::accepted};
        std::string reason;
    };
    Result<Settled> settle(Records& records, const TerminalRecord& terminal, const model::LedgerEntry& entry,
                           model::UtcTime now) const;
    Result<Settled> settle_grant(Records& records, const TerminalRecord& terminal, const wire::LedgerBody& body,
                                 model::UtcTime now) const;
    Result<model::Receipt> take(Records& records, const TerminalRecord& terminal, const model::LedgerEntry& entry,
                                const model::Hash& hash, model::UtcTime now) const;

    const RegionKeys& keys_;
    const Packer& packer_;
};

}  // namespace kazashi::server
