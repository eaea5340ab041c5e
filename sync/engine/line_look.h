// One look at the line to the region, for a diagnosis: each way it can fail by itself, where a round knows "offline" or
// "server fault". Asks for the signed time and changes nothing at the region.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "sync/store/enrolment.h"

namespace kazashi::engine {

struct LineLook {
    enum class Trouble {
        none,
        no_such_host,         // its name leads nowhere
        unreachable,          // nobody listens, or the way there is closed
        silent,               // no answer in time
        broken,               // the connection did not last
        certificate_expired,  // the region's, or its authority's
        certificate_not_yet,  // valid only later: one of two clocks is wrong
        certificate_name,     // made out for another host
        certificate_foreign,  // not of the region's authority
        our_certificate,      // the region does not take ours
        not_known,            // the region does not know this terminal
        not_a_region,         // somebody answers, but not as a region does
        bad_signature,        // its time is not signed by the region
    };
    Trouble trouble{};
    std::chrono::milliseconds took{};
    std::optional<base::UtcTime> region_time;  // signed, for our own nonce
};
LineLook look_at_line(const store::Enrolment& enrolment, std::chrono::milliseconds most);

// When a certificate (the first of a PEM file) is valid. malformed: not a certificate; io: not readable.
struct CertificateLife {
    base::UtcTime from;
    base::UtcTime until;
};
base::Result<CertificateLife> certificate_life(const std::filesystem::path& file);

}  // namespace kazashi::engine
