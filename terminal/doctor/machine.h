// The machine under the terminal: its disk, the state folder, its clock.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"
#include "terminal/doctor/findings.h"

namespace kazashi::doctor {

struct MachineWays {
    std::filesystem::path state;
    std::uintmax_t free_least{};  // bytes
    const base::Clock* clock{};
};

// machine_ok{free} · not_enrolled · state_open · state_not_ours · enrolment_damaged · disk_full{free} · disk_read_only
// · clock_dead. An empty disk is repaired by removing what we ourselves left behind; open files by closing them.
Findings probe_machine(const MachineWays& ways);
base::Status repair_machine(const MachineWays& ways, const Finding& finding);

}  // namespace kazashi::doctor
