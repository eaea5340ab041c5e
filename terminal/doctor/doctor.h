// `kazashi doctor`: looks at everything between a card and a record, all groups side by side, and repairs what can be
// repaired without asking anybody. What it looks at is its parameter; ways_of() is this machine.
#pragma once

#include <array>
#include <functional>

#include "terminal/doctor/card_path.h"
#include "terminal/doctor/devices.h"
#include "terminal/doctor/fonts.h"
#include "terminal/doctor/machine.h"
#include "terminal/doctor/region.h"
#include "terminal/doctor/service.h"
#include "terminal/doctor/store.h"

namespace kazashi::doctor {

struct Ways {
    ServiceWays service;
    DeviceWays devices;
    CardWays card;
    MachineWays machine;
    RegionWays region;
    StoreWays store;
    FontsWays fonts;
    std::chrono::milliseconds whole{};  // after that a group that has not answered is given up
};

struct Where {
    std::filesystem::path state;
    std::filesystem::path assets;
    std::string reader;  // part of its name; empty: any
    std::vector<card::CardProfile> profiles{};
};
// `clock` outlives it, and whatever was given up.
Ways ways_of(const Where& where, const base::Clock& clock);

struct Examined {
    DoctorGroup group{};
    Findings findings;
    std::chrono::milliseconds took{};
};
// Called as each group ends, one after the other, from the calling thread.
using TellGroup = std::function<void(const Examined&)>;

struct Report {
    Findings findings;    // in the order of the groups
    bool gave_up{false};  // something still hangs: end the program without waiting for its threads
};
Report examine(const Ways& ways, const TellGroup& tell);
Findings probe(const Ways& ways, DoctorGroup group);

// Whatever a probe may call repairable.
inline constexpr std::array repairable_keys{"service_stopped",      "service_stale_socket", "service_socket_denied",
                                            "reader_kernel_module", "state_open",           "disk_full"};

bool has_faults(const Findings& findings);
bool can_be_repaired(const Findings& findings, const std::string& only);

// Repairs what `only` names, or all that can be when it is empty, and examines everything anew: what was repaired is
// among the findings as a note (done), or still a fault (failed).
Report repair(const Ways& ways, const Findings& findings, const std::string& only, const TellGroup& tell);

}  // namespace kazashi::doctor
