#include "terminal/doctor/machine.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>

#include "sync/store/enrolment.h"
#include "terminal/doctor/leftovers.h"
#include "terminal/doctor/tuning.h"

namespace kazashi::doctor {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;

constexpr auto group = DoctorGroup::machine;
constexpr ::mode_t others = 077;
// Before the first terminal: the clock's battery is empty (TrustedClock says rtc_dead).
constexpr base::UtcTime first_day{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};

std::optional<struct ::stat> about(const fs::path& file) {
    struct ::stat found {};
    if (::lstat(file.c_str(), &found) != 0) return std::nullopt;
    return found;
}

std::string mebibytes(std::uintmax_t bytes) { return std::to_string(bytes >> 20U); }

std::vector<fs::path> files_of(const fs::path& state) {
    std::vector<fs::path> files;
    std::error_code failed;
    for (auto it = fs::directory_iterator{state, failed}; !failed && it != fs::directory_iterator{};
         it.increment(failed))
        files.push_back(it->path());
    return files;
}

// Keys and store are their owner's alone.
bool open_to_others(const fs::path& file) {
    const auto found = about(file);
    return found && S_ISREG(found->st_mode) && (found->st_mode & others) != 0;
}

void look_at_permissions(const fs::path& state, Findings& findings) {
    const auto files = files_of(state);
    if (std::ranges::any_of(files, open_to_others)) findings.push_back(repairable(group, "state_open"));
    const auto folder = about(state);
    const bool all_ours = std::ranges::all_of(files, [&](const fs::path& file) {
        const auto found = about(file);
        return !found || !folder || found->st_uid == folder->st_uid;
    });
    const bool usable = ::access(state.c_str(), R_OK | X_OK) == 0;
    if (!usable || !all_ours) findings.push_back(found(group, "state_not_ours"));
}

// True: the disk can be written.
bool look_at_disk(const MachineWays& ways, Findings& findings) {
    struct ::statvfs disk {};
    if (::statvfs(ways.state.c_str(), &disk) != 0) return false;
    if ((disk.f_flag & ST_RDONLY) != 0) {
        findings.push_back(found(group, "disk_read_only"));
        return false;
    }
    const auto free = static_cast<std::uintmax_t>(disk.f_bavail) * disk.f_frsize;
    if (free >= ways.free_least) {
        findings.push_back(well(group, "machine_ok", {{"free", mebibytes(free)}}));
        return true;
    }
    const Figures figures{{"free", mebibytes(free)}};
    const bool something = freeable(ways.state, *ways.clock) > 0;
    findings.push_back(something ? repairable(group, "disk_full", figures) : found(group, "disk_full", figures));
    return true;
}

void look_at_enrolment(const MachineWays& ways, bool writable, Findings& findings) {
    const auto enrolment = store::read_enrolment(ways.state);
    if (enrolment) {
        if (writable && ::access(ways.state.c_str(), W_OK) != 0) findings.push_back(found(group, "state_not_ours"));
        return;
    }
    if (enrolment.fault() == Fault::not_found) return findings.push_back(found(group, "not_enrolled"));
    // Others may read a file of it: said already.
    if (enrolment.fault() == Fault::denied) return;
    findings.push_back(found(group, "enrolment_damaged"));
}

base::Status close_files(const fs::path& state) {
    for (const auto& file : files_of(state)) {
        if (!open_to_others(file)) continue;
        if (::chmod(file.c_str(), S_IRUSR | S_IWUSR) != 0) return Error{Fault::denied, "permissions could not be set"};
    }
    return base::ok();
}

// Each at most once, whatever led to it.
void keep_first_of_each(Findings& findings) {
    Findings once;
    for (auto& finding : findings)
        if (std::ranges::find(once, finding.key, &Finding::key) == once.end()) once.push_back(std::move(finding));
    findings = std::move(once);
}

}  // namespace

Findings probe_machine(const MachineWays& ways) {
    Findings findings;
    if (ways.clock->wall() < first_day) findings.push_back(found(group, "clock_dead"));
    std::error_code failed;
    if (!fs::is_directory(ways.state, failed)) {
        findings.push_back(failed && failed != std::errc::no_such_file_or_directory ? found(group, "state_not_ours")
                                                                                    : found(group, "not_enrolled"));
        return findings;
    }
    look_at_permissions(ways.state, findings);
    const bool writable = look_at_disk(ways, findings);
    look_at_enrolment(ways, writable, findings);
    keep_first_of_each(findings);
    return findings;
}

base::Status repair_machine(const MachineWays& ways, const Finding& finding) {
    if (finding.key == "state_open") return close_files(ways.state);
    if (finding.key == "disk_full") return remove_leftovers(ways.state, *ways.clock);
    return Error{Fault::unsupported, finding.key};
}

}  // namespace kazashi::doctor
