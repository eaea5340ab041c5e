#include "terminal/doctor/region.h"

#include "sync/engine/line_look.h"
#include "terminal/doctor/tuning.h"

namespace kazashi::doctor {

namespace {

using engine::LineLook;
using Trouble = LineLook::Trouble;

constexpr auto group = DoctorGroup::region;

Finding finding_of(const LineLook& look) {
    switch (look.trouble) {
        case Trouble::none:
            return well(group, "region_ok", {{"milliseconds", std::to_string(look.took.count())}});
        case Trouble::no_such_host:
            return found(group, "region_no_such_host");
        case Trouble::unreachable:
            return found(group, "region_unreachable");
        case Trouble::silent:
            return found(group, "region_silent");
        case Trouble::broken:
            return found(group, "region_broken");
        case Trouble::certificate_expired:
            return found(group, "region_certificate_expired");
        case Trouble::certificate_not_yet:
            return found(group, "region_certificate_not_yet");
        case Trouble::certificate_name:
            return found(group, "region_certificate_name");
        case Trouble::certificate_foreign:
            return found(group, "region_certificate_foreign");
        case Trouble::our_certificate:
            return found(group, "region_refuses_certificate");
        case Trouble::not_known:
            return found(group, "region_not_known");
        case Trouble::not_a_region:
            return found(group, "region_not_ours");
        case Trouble::bad_signature:
            return found(group, "region_bad_signature");
    }
    return found(group, "region_broken");
}

void look_at_own_certificate(const RegionWays& ways, const std::filesystem::path& file, Findings& findings) {
    const auto life = engine::certificate_life(file);
    if (!life) return findings.push_back(found(group, "own_certificate_damaged"));
    const auto left = life->until - ways.clock->wall();
    const auto days = std::chrono::floor<std::chrono::days>(left).count();
    if (left <= left.zero())
        findings.push_back(found(group, "own_certificate_expired", {{"days", std::to_string(-days - 1)}}));
    else if (left < tuning::certificate_soon)
        findings.push_back(noted(group, "own_certificate_ends", {{"days", std::to_string(days)}}));
}

void look_at_time(const RegionWays& ways, const LineLook& look, Findings& findings) {
    if (!look.region_time) return;
    const auto apart = std::chrono::abs(ways.clock->wall() - *look.region_time);
    if (apart <= tuning::clock_small) return;
    const auto minutes = std::chrono::floor<std::chrono::minutes>(apart).count();
    findings.push_back(found(group, "clock_wrong", {{"minutes", std::to_string(minutes)}}));
}

}  // namespace

Findings probe_region(const RegionWays& ways) {
    const auto enrolment = store::read_enrolment(ways.state);
    if (!enrolment) return {};
    Findings findings;
    const auto look = engine::look_at_line(*enrolment, ways.patience);
    findings.push_back(finding_of(look));
    look_at_own_certificate(ways, enrolment->tls_certificate, findings);
    look_at_time(ways, look, findings);
    return findings;
}

}  // namespace kazashi::doctor
