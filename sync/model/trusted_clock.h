// Time that never runs backwards (design §6): the latest time seen, from signed region time or the persisted mark,
// advanced by the boot clock. The wall clock can only push it forward, never back.
//
//   source                     effect on now()
//   boot clock advances        advances with it
//   wall clock ahead of us     follows it
//   wall clock behind us       unchanged; behind by more than `tolerance`: fault, told once until it recovers
//   signed region time ahead   follows it, quality becomes region
//   … behind by ≤ `tolerance`  unchanged, quality becomes region (an answer is always a little old)
//   wall jumps > `tolerance`   follows it, quality is wall again until the region speaks
//   restart                    starts at max(persisted mark, wall)
#pragma once

#include <cstdint>
#include <optional>

#include "cardio/base/clock.h"
#include "sync/model/ids.h"

namespace kazashi::model {

enum class ClockQuality : std::uint8_t { wall, region, behind, unsure };  // behind: the wall clock was set back

struct TrustedTime {
    UtcTime now;
    ClockQuality quality{};
};

class TrustedClock {
public:
    static constexpr std::chrono::seconds tolerance{120};

    TrustedClock(const base::Clock& clock, std::optional<UtcTime> persisted_mark);

    TrustedTime read();
    void heard_region(UtcTime signed_time);
    // True once per step back: the caller writes the clock fault to the ledger.
    bool take_fault();

private:
    const base::Clock& clock_;
    UtcTime mark_;
    base::SteadyTime marked_at_;
    bool region_heard_{false};
    bool behind_{false};
    bool fault_pending_{false};
};

}  // namespace kazashi::model
