#include "terminal/doctor/service.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

#include "cardio/reader/service_look.h"
#include "terminal/doctor/small_files.h"
#include "terminal/doctor/tuning.h"
#include "terminal/doctor/within.h"

namespace kazashi::doctor {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;
using reader::ServiceAnswer;

constexpr auto group = DoctorGroup::service;
constexpr ::mode_t for_everybody = 0666;  // as pcscd makes its socket

enum class Knock { no_socket, nobody, not_let_in, somebody };

Knock knock(const fs::path& socket) {
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
    const int door = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool open = ::connect(door, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) == 0;
    const int why = errno;
    ::close(door);
    if (open) return Knock::somebody;
    if (why == EACCES || why == EPERM) return Knock::not_let_in;
    return why == ECONNREFUSED ? Knock::nobody : Knock::no_socket;
}

// Root is let in everywhere; the terminal's user may not be.
bool closed_to(const fs::path& socket, ::uid_t user) {
    struct ::stat about {};
    if (user == 0 || ::stat(socket.c_str(), &about) != 0 || about.st_uid == user) return false;
    return (about.st_mode & for_everybody) != for_everybody;
}

bool installed(const ServiceWays& ways) {
    std::error_code failed;
    return std::ranges::any_of(ways.programs, [&](const auto& program) { return fs::exists(program, failed); });
}

// systemd's way to forbid a unit: a link to /dev/null.
bool masked(const ServiceWays& ways) {
    std::error_code failed;
    for (const auto& folder : ways.units)
        for (const auto* unit : {"pcscd.service", "pcscd.socket"})
            if (fs::read_symlink(folder / unit, failed) == "/dev/null") return true;
    return false;
}

// Processes hidden from each other: polkit then cannot see who asks (pcsc-lite, issues 224 and 231).
bool processes_hidden(const fs::path& mounts) {
    return std::ranges::any_of(lines_of(mounts), [](const std::string& line) {
        const auto at = line.find("hidepid=");
        return at != std::string::npos && line.find(" proc ") != std::string::npos &&
               line.compare(at, 9, "hidepid=0") != 0 && line.compare(at, 11, "hidepid=off") != 0;
    });
}

Finding when_it_can_be_started(const ServiceWays& ways, std::string key) {
    return ways.start.empty() ? found(group, std::move(key)) : repairable(group, std::move(key));
}

Finding socket_denied() {
    return ::geteuid() == 0 ? repairable(group, "service_socket_denied") : found(group, "service_socket_denied");
}

Finding why_absent(const ServiceWays& ways, const std::string& code) {
    switch (knock(ways.socket)) {
        case Knock::not_let_in:
            return socket_denied();
        case Knock::somebody:
            return found(group, "service_broken", {{"code", code}});
        case Knock::nobody:
        case Knock::no_socket:
            break;
    }
    if (!installed(ways)) return found(group, "service_not_installed");
    if (masked(ways)) return found(group, "service_masked");
    const bool stale = knock(ways.socket) == Knock::nobody;
    return when_it_can_be_started(ways, stale ? "service_stale_socket" : "service_stopped");
}

Finding finding_of(const ServiceWays& ways, const reader::ServiceLook& look) {
    switch (look.answer) {
        case ServiceAnswer::answers:
            if (closed_to(ways.socket, ways.user)) return socket_denied();
            return well(group, "service_ok");
        case ServiceAnswer::absent:
            return why_absent(ways, look.code);
        case ServiceAnswer::denied:
            return found(group, "service_denied");
        case ServiceAnswer::other_version:
            return found(group, "service_version");
        case ServiceAnswer::broken:
            break;
    }
    return found(group, "service_broken", {{"code", look.code}});
}

base::Status wait_until_it_answers(const ServiceWays& ways) {
    const auto end = std::chrono::steady_clock::now() + tuning::repair_wait;
    while (std::chrono::steady_clock::now() < end) {
        const auto look = within(ways.patience, reader::look_at_service);
        if (look && look->answer == ServiceAnswer::answers) return base::ok();
        std::this_thread::sleep_for(tuning::look_again);
    }
    return Error{Fault::timeout, "the reader service does not answer"};
}

base::Status start(const ServiceWays& ways) {
    if (knock(ways.socket) == Knock::nobody) ::unlink(ways.socket.c_str());
    KAZASHI_CHECK(run_command(ways.start, tuning::repair_wait));
    return wait_until_it_answers(ways);
}

}  // namespace

Findings probe_service(const ServiceWays& ways) {
    Findings findings;
    const auto look = within(ways.patience, reader::look_at_service);
    findings.push_back(look ? finding_of(ways, *look) : found(group, "service_silent"));
    if (!processes_hidden(ways.mounts)) return findings;
    // Without polkit between us and the service it does no harm.
    const bool harm = look && look->answer == ServiceAnswer::denied;
    findings.push_back(harm ? found(group, "hidepid") : noted(group, "hidepid"));
    return findings;
}

base::Status repair_service(const ServiceWays& ways, const Finding& finding) {
    if (finding.key == "service_stopped" || finding.key == "service_stale_socket") return start(ways);
    if (finding.key == "service_socket_denied") {
        if (::chmod(ways.socket.c_str(), for_everybody) == 0) return base::ok();
        return Error{Fault::denied, "the socket's permissions could not be set"};
    }
    return Error{Fault::unsupported, finding.key};
}

}  // namespace kazashi::doctor
