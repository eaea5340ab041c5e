// Was this patient's card there? It answered the hash of the very grant or withdrawal, and only it and the region can.
#pragma once

#include <string>

#include "sync/server/region.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

struct CardFindings {
    std::string reason;     // empty: yes. Else of reasons.h
    bool proof_verified{};  // the card's answer was computed again and is the same
};
Result<CardFindings> check_card(Records& records, const RegionKeys& keys, const wire::LedgerBody& body,
                                const card::Challenge& challenge, const model::PatientRef& patient);

}  // namespace kazashi::server
