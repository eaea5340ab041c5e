// Is this grant what it says: made in front of this patient's card, at this terminal, within the policy?
#pragma once

#include <optional>
#include <string>

#include "sync/server/region.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

struct GrantFindings {
    std::string reason;     // empty: accepted. Else the key of a sentence; see the table in grant_check.cpp
    bool proof_verified{};  // the card's answer was computed again and is the same
    bool known{};           // this very grant is on record already; nothing is to be written for it
};

// `body` has a grant. Errors are failures of the records only.
Result<GrantFindings> check_grant(Records& records, const RegionKeys& keys, const TerminalRecord& terminal,
                                  const wire::LedgerBody& body, model::UtcTime now);

}  // namespace kazashi::server
