// Where everything is on a machine as Debian makes it.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>

#include "sync/store/enrolment.h"
#include "terminal/doctor/doctor.h"
#include "terminal/doctor/tuning.h"

namespace kazashi::doctor {

namespace {

namespace fs = std::filesystem;

fs::path service_socket() {
    const char* elsewhere = std::getenv("PCSCLITE_CSOCK_NAME");
    return elsewhere != nullptr ? elsewhere : "/run/pcscd/pcscd.comm";
}

CommandLine restart_by_systemd() {
    std::error_code failed;
    const auto systemctl = find_program("systemctl");
    if (systemctl.empty() || !fs::exists("/run/systemd/system", failed)) return {};
    return {systemctl, "--no-ask-password", "restart", "pcscd.socket", "pcscd.service"};
}

// Only root may start it by itself; systemd may let others.
CommandLine start_of_service() {
    if (auto restart = restart_by_systemd(); !restart.empty()) return restart;
    const auto service = find_program("pcscd");
    if (::geteuid() != 0 || service.empty()) return {};
    return {service};
}

CommandLine unload_of_module() {
    const auto modprobe = find_program("modprobe");
    if (::geteuid() != 0 || modprobe.empty()) return {};
    return {modprobe, "-r"};
}

::uid_t owner_of(const fs::path& state) {
    struct ::stat about {};
    return ::stat(state.c_str(), &about) == 0 ? about.st_uid : ::geteuid();
}

}  // namespace

Ways ways_of(const Where& where, const base::Clock& clock) {
    Ways ways;
    ways.service = {service_socket(),
                    {"/usr/sbin/pcscd", "/usr/bin/pcscd"},
                    {"/etc/systemd/system", "/run/systemd/system"},
                    "/proc/self/mounts",
                    owner_of(where.state),
                    start_of_service(),
                    tuning::service_wait};
    ways.devices = {
        "/sys/bus/usb/devices", "/proc", "/dev/bus/usb", where.reader, unload_of_module(), tuning::service_wait,
        restart_by_systemd()};
    const auto enrolment = store::read_enrolment(where.state);
    ways.card = {where.reader,
                 enrolment ? std::optional{enrolment->region} : std::nullopt,
                 where.profiles,
                 {tuning::card_hold, tuning::card_talk, tuning::card_pollings, tuning::pollings},
                 tuning::service_wait};
    ways.machine = {where.state, tuning::free_least, &clock};
    ways.region = {where.state, &clock, tuning::line_wait};
    ways.store = {where.state, &clock, tuning::store_wait};
    ways.fonts = {where.assets};
    ways.whole = tuning::whole;
    return ways;
}

}  // namespace kazashi::doctor
