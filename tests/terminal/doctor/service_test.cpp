#include "terminal/doctor/service.h"

#include <signal.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/fakes/temp_folder.h"
#include "tests/fakes/winscard_door.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using doctor::ServiceWays;
using state::Finding;
namespace fs = std::filesystem;

namespace {

// A service that is installed, may be started, and is asked where this process asks.
ServiceWays ways_of(const fakes::TempFolder& folder) {
    ServiceWays ways;
    ways.socket = stack_folder() / "pcscd.comm";
    ways.programs = {folder / "pcscd"};
    ways.units = {folder / "units"};
    ways.mounts = folder / "mounts";
    ways.patience = 5s;
    std::ofstream{folder / "pcscd"} << "program";
    std::ofstream{folder / "mounts"} << "proc /proc proc rw,nosuid,relatime 0 0\n";
    fs::create_directory(folder / "units");
    return ways;
}

// What the virtual reader's keeper waits for before it starts the service again, as systemd's start would be.
doctor::CommandLine end_of_hold() { return {"/bin/rm", stack_folder() / "hold"}; }

}  // namespace

TEST_CASE("doctor: a service that answers is well") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    const auto findings = doctor::probe_service(ways_of(folder));
    CHECK(is_ok(findings, "service_ok"));
    CHECK(findings.size() == 1);
}

TEST_CASE("doctor: a killed service left its socket; it is removed, and the service runs again") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    stack.stop_service();
    REQUIRE(eventually([] { return !service_answers(); }));
    auto ways = ways_of(folder);
    CHECK(get(doctor::probe_service(ways), "service_stale_socket").repair == Finding::Repair::none);
    ways.start = end_of_hold();
    const auto findings = doctor::probe_service(ways);
    CHECK(is_fault(findings, "service_stale_socket"));
    REQUIRE(findings.front().repair == Finding::Repair::possible);
    REQUIRE(doctor::repair_service(ways, findings.front()));
    CHECK(is_ok(doctor::probe_service(ways), "service_ok"));
}

TEST_CASE("doctor: a stopped service is told from a broken off one, and is started") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    stack.stop_service();
    auto ways = ways_of(folder);
    fs::remove(ways.socket);
    ways.start = {"/bin/false"};
    auto findings = doctor::probe_service(ways);
    CHECK(is_fault(findings, "service_stopped"));
    CHECK(doctor::repair_service(ways, findings.front()).fault() == base::Fault::denied);
    ways.start = end_of_hold();
    REQUIRE(doctor::repair_service(ways, findings.front()));
    CHECK(is_ok(doctor::probe_service(ways), "service_ok"));
}

TEST_CASE("doctor: a service that is not installed, and one that may not start") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    stack.stop_service();
    REQUIRE(eventually([] { return !service_answers(); }));
    auto ways = ways_of(folder);
    fs::create_symlink("/dev/null", folder / "units/pcscd.service");
    CHECK(is_fault(doctor::probe_service(ways), "service_masked"));
    fs::remove(folder / "units/pcscd.service");
    fs::create_symlink("/dev/null", folder / "units/pcscd.socket");
    CHECK(is_fault(doctor::probe_service(ways), "service_masked"));
    fs::remove(folder / "pcscd");
    CHECK(is_fault(doctor::probe_service(ways), "service_not_installed"));
}

TEST_CASE("doctor: a service that stands still is not waited for") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    auto ways = ways_of(folder);
    ways.patience = 300ms;
    const auto process = service_process();
    REQUIRE(::kill(process, SIGSTOP) == 0);
    const auto findings = doctor::probe_service(ways);
    REQUIRE(::kill(process, SIGCONT) == 0);
    CHECK(is_fault(findings, "service_silent"));
    ways.patience = 10s;
    CHECK(is_ok(doctor::probe_service(ways), "service_ok"));
}

TEST_CASE("doctor: a socket that is closed to the terminal's user is opened") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    auto ways = ways_of(folder);
    REQUIRE(::chmod(ways.socket.c_str(), 0600) == 0);
    CHECK(is_ok(doctor::probe_service(ways), "service_ok"));  // root is let in, and is who asks
    ways.user = 12345;
    const auto findings = doctor::probe_service(ways);
    CHECK(is_fault(findings, "service_socket_denied"));
    REQUIRE(doctor::repair_service(ways, get(findings, "service_socket_denied")));
    CHECK(is_ok(doctor::probe_service(ways), "service_ok"));
}

TEST_CASE("doctor: what the service refuses is told apart") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    const auto ways = ways_of(folder);
    fakes::WinscardDoor door;
    door.establish_says(SCARD_W_SECURITY_VIOLATION);
    CHECK(is_fault(doctor::probe_service(ways), "service_denied"));
    door.establish_says(SCARD_E_NO_ACCESS);
    CHECK(is_fault(doctor::probe_service(ways), "service_denied"));
    door.establish_says(SCARD_E_SERVICE_STOPPED);
    CHECK(is_fault(doctor::probe_service(ways), "service_version"));
    door.establish_says(SCARD_E_NO_MEMORY);
    const auto broken = doctor::probe_service(ways);
    CHECK(is_fault(broken, "service_broken"));
    CHECK(figure(get(broken, "service_broken"), "code") == "80100006");
    // Somebody listens, and still there is no service: no start would help.
    door.establish_says(SCARD_E_NO_SERVICE);
    CHECK(is_fault(doctor::probe_service(ways), "service_broken"));
}

TEST_CASE("doctor: hidden processes are a fault where the service refuses, else a note") {
    const VirtualStack stack;
    const fakes::TempFolder folder;
    const auto ways = ways_of(folder);
    const auto mount_with = [&](const std::string& option) {
        std::ofstream{folder / "mounts"} << "none /tmp tmpfs rw 0 0\nproc /proc proc rw,relatime," << option
                                         << " 0 0\n";
    };
    mount_with("hidepid=invisible");
    CHECK(is_note(doctor::probe_service(ways), "hidepid"));
    fakes::WinscardDoor door;
    door.establish_says(SCARD_W_SECURITY_VIOLATION);
    CHECK(is_fault(doctor::probe_service(ways), "hidepid"));
    mount_with("hidepid=0");
    CHECK(find(doctor::probe_service(ways), "hidepid") == nullptr);
    mount_with("hidepid=off");
    CHECK(find(doctor::probe_service(ways), "hidepid") == nullptr);
}
