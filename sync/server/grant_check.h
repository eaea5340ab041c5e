// Is this grant what it says: made at this terminal, within the policy, and in front of this patient's card — or, for
// break-glass, by staff who may?
#pragma once

#include <optional>
#include <string>

#include "sync/server/region.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

struct GrantFindings {
    std::string reason;     // empty: accepted. Else of reasons.h
    bool proof_verified{};  // the card's answer was computed again and is the same
    bool known{};  // nothing is to be written for it: it is on record already, or is not this terminal's at all
};

// `body` has a grant: of purpose treatment or self.
Result<GrantFindings> check_grant(Records& records, const RegionKeys& keys, const TerminalRecord& terminal,
                                  const wire::LedgerBody& body, model::UtcTime now);
// `body` has a grant: of purpose emergency, without a card.
Result<GrantFindings> check_break_glass(Records& records, const TerminalRecord& terminal, const wire::LedgerBody& body,
                                        model::UtcTime now);

}  // namespace kazashi::server
