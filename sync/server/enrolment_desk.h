// POST /v1/enrol: a one-time code against an identity. The code names a facility; the terminal brings its own keys.
#pragma once

#include <string>

#include "sync/server/region.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

// A new code, valid for tuning::code_life, to be shown once: the region keeps its hash only. not_found: no such
// facility.
Result<std::string> make_code(Records& records, const model::FacilityId& facility, model::UtcTime now);

// denied: unknown, used or old code, nobody is told which. malformed: not a certificate request we sign.
// `certificate_time`: of this machine, for TLS is checked against machines' clocks, also in a demonstration.
struct EnrolTimes {
    model::UtcTime now;
    model::UtcTime certificate_time;
};
Result<wire::EnrolAnswer> enrol(Records& records, const Region& region, const wire::EnrolRequest& request,
                                EnrolTimes times);

}  // namespace kazashi::server
