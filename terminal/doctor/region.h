// The line to the region: reached, genuine, still valid, and of one mind with us about the time.
#pragma once

#include <filesystem>

#include "cardio/base/clock.h"
#include "terminal/doctor/findings.h"

namespace kazashi::doctor {

struct RegionWays {
    std::filesystem::path state;  // of an enrolled terminal; nothing is found without
    const base::Clock* clock{};
    std::chrono::milliseconds patience{};
};

// region_ok{milliseconds} · region_no_such_host · region_unreachable · region_silent · region_broken ·
// region_certificate_expired · region_certificate_not_yet · region_certificate_name · region_certificate_foreign ·
// region_refuses_certificate · region_not_known · region_not_ours · region_bad_signature · own_certificate_expired{day}
// · own_certificate_ends{days} · own_certificate_damaged · clock_wrong{minutes}
Findings probe_region(const RegionWays& ways);

}  // namespace kazashi::doctor
