// The reader service (pcscd): is it installed, running, and does it serve us.
#pragma once

#include <sys/types.h>

#include <filesystem>

#include "cardio/base/result.h"
#include "terminal/doctor/command.h"
#include "terminal/doctor/findings.h"

namespace kazashi::doctor {

struct ServiceWays {
    std::filesystem::path socket;                 // where the service listens
    std::vector<std::filesystem::path> programs;  // where it may be installed
    std::vector<std::filesystem::path> units;     // folders of systemd units, the administrator's first
    std::filesystem::path mounts;                 // what is mounted where, for hidepid
    ::uid_t user{};                               // who the terminal runs as
    CommandLine start;                            // how it is started; empty: it cannot be from here
    std::chrono::milliseconds patience{};
};

// service_ok · service_silent · service_not_installed · service_masked · service_stale_socket · service_stopped ·
// service_socket_denied · service_denied (polkit) · service_version · service_broken · hidepid
Findings probe_service(const ServiceWays& ways);

// denied: the system did not let us. timeout: done, and it still does not answer.
base::Status repair_service(const ServiceWays& ways, const Finding& finding);

}  // namespace kazashi::doctor
