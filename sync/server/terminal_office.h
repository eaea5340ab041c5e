// Terminals after their enrolment: new keys, and being lost.
#pragma once

#include <vector>

#include "sync/server/enrolment_desk.h"
#include "sync/server/packer.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

// POST /v1/rekey. `peer` is the certificate it came with. Signing key and certificate are replaced; the facility key,
// to which wraps are sealed, stays what it is. The same request over the old certificate is a repeat whose answer was
// lost: it gets a certificate again. bad_signature, denied: not this terminal's · out_of_order: the region does not
// have the ledger up to its head · malformed: not a certificate request we sign.
struct RekeyCall {
    TerminalRecord terminal;
    model::Hash peer;
    ByteView signed_request;
};
Result<wire::RekeyAnswer> rekey(Records& records, const Region& region, const RekeyCall& call, EnrolTimes times);

// What a lost terminal could have opened: nothing without a card. It lists the windows that were live at its facility,
// for their patients are to be told.
struct LostWindow {
    model::GrantId grant;
    std::string patient_number;
    model::UtcTime until;
};
struct LostReport {
    model::TerminalId terminal;
    model::FacilityId facility;
    std::vector<LostWindow> windows;
    int sections_sealed_anew{};
    std::optional<std::int64_t> emergency_epoch;  // begun because the terminal held the key of the last
};
// Its certificate is refused from now on. What it could open by those windows is sealed anew for cards and the other
// terminals. not_found: no such terminal; denied: it was reported before.
Result<LostReport> lose_terminal(Records& records, const RegionKeys& keys, const model::TerminalId& id,
                                 model::UtcTime now);

}  // namespace kazashi::server
