#include "terminal/doctor/store.h"

#include "sync/store/examination.h"
#include "terminal/doctor/tuning.h"

namespace kazashi::doctor {

namespace {

using Verdict = store::Examination::Verdict;

constexpr auto group = DoctorGroup::store;

Finding finding_of(const store::Examination& seen) {
    switch (seen.verdict) {
        case Verdict::whole:
            return well(group, "store_ok", {{"entries", std::to_string(seen.entries)}});
        case Verdict::missing:
            return found(group, "store_missing");
        case Verdict::damaged:
            return found(group, "store_damaged");
        case Verdict::newer:
            return found(group, "store_newer");
        case Verdict::ledger_broken:
            return found(group, "ledger_broken");
        case Verdict::unreadable:
            return found(group, "store_unreadable");
        case Verdict::unfinished:
            return noted(group, "store_unfinished");
    }
    return found(group, "store_unreadable");
}

}  // namespace

Findings probe_store(const StoreWays& ways) {
    const auto enrolment = store::read_enrolment(ways.state);
    if (!enrolment) return {};
    const auto seen = store::examine(*enrolment, ways.patience);
    Findings findings{finding_of(seen)};
    if (!seen.mark) return findings;
    const auto behind = seen.mark->now - ways.clock->wall();
    if (behind > tuning::clock_small)
        findings.push_back(
            found(group, "clock_set_back",
                  {{"minutes", std::to_string(std::chrono::floor<std::chrono::minutes>(behind).count())}}));
    return findings;
}

}  // namespace kazashi::doctor
