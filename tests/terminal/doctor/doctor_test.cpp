#include "terminal/doctor/doctor.h"

#include <csignal>
#include <set>

#include "terminal/doctor/tuning.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/engine/tls_server.h"
#include "tests/terminal/app/own_terminal.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using state::DoctorGroup;
using state::Finding;

namespace {

const base::SystemClock the_clock;

doctor::Ways ways_of(const OwnTerminal& terminal) {
    auto ways = doctor::ways_of({terminal.state, KAZASHI_SOURCE "/assets", ""}, the_clock);
    ways.service.socket = stack_folder() / "pcscd.comm";
    ways.service.programs = {"/bin/true"};
    ways.service.units = {};
    ways.devices.usb = terminal.outside / "no-usb";
    ways.whole = 60s;  // of a machine that does other things
    return ways;
}

}  // namespace

TEST_CASE("doctor: every group is told once, and what was found stands in their order") {
    const VirtualStack stack;
    const OwnTerminal terminal;
    std::set<DoctorGroup> told;
    const auto report = doctor::examine(ways_of(terminal), [&](const doctor::Examined& examined) {
        CHECK(told.insert(examined.group).second);
        for (const auto& finding : examined.findings) CHECK(finding.group == examined.group);
    });
    CHECK(told.size() == state::doctor_groups.size());
    CHECK(std::ranges::is_sorted(report.findings, {}, &Finding::group));
    CHECK(!report.gave_up);
    CHECK(is_ok(report.findings, "service_ok"));
    CHECK(is_ok(report.findings, "store_ok"));
    CHECK(is_fault(report.findings, "region_unreachable"));
    CHECK(doctor::has_faults(report.findings));
}

#if !defined(KAZASHI_ASAN)
TEST_CASE("doctor: everything together is done within five seconds, also when nothing goes well") {
    const VirtualStack stack;
    stack.lay("patient-1");
    const OwnTerminal terminal;
    auto ways = ways_of(terminal);
    ways.whole = doctor::tuning::whole;
    REQUIRE(::kill(service_process(), SIGSTOP) == 0);
    const auto begun = std::chrono::steady_clock::now();
    const auto report = doctor::examine(ways, [](const doctor::Examined&) {});
    const auto took = std::chrono::steady_clock::now() - begun;
    REQUIRE(::kill(service_process(), SIGCONT) == 0);
    CHECK(took < 5s);
    CHECK(is_fault(report.findings, "service_silent"));
}
#endif

TEST_CASE("doctor: a group that hangs is itself a finding, and the others are told all the same") {
    const VirtualStack stack;
    OwnTerminal terminal;
    std::signal(SIGPIPE, SIG_IGN);
    const auto pki = fakes::make_pki(terminal.outside.path());
    const fakes::TlsServer mute{pki, [](const auto&) { return std::nullopt; }};
    auto& enrolment = terminal.enrolment;
    enrolment.server_url = mute.url();
    enrolment.region_ca = pki.ca;
    enrolment.tls_certificate = pki.client_certificate;
    enrolment.tls_key = pki.client_key;
    REQUIRE(store::write_enrolment(terminal.state, enrolment));
    auto ways = ways_of(terminal);
    ways.region.patience = 6s;
    ways.whole = 3s;
    const auto report = doctor::examine(ways, [](const doctor::Examined&) {});
    CHECK(report.gave_up);
    const auto& hung = get(report.findings, "probe_hung");
    CHECK(hung.group == DoctorGroup::region);
    CHECK(hung.severity == Finding::Severity::fault);
    CHECK(is_ok(report.findings, "fonts_ok"));
    CHECK(std::ranges::is_sorted(report.findings, {}, &Finding::group));
}

TEST_CASE("doctor: what was repaired is a note, and everything is looked at again") {
    const VirtualStack stack;
    const OwnTerminal terminal;
    stack.stop_service();
    REQUIRE(eventually([] { return !service_answers(); }));
    auto ways = ways_of(terminal);
    ways.service.start = {"/bin/rm", stack_folder() / "hold"};
    std::filesystem::permissions(terminal.state / "tls.key", std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    const auto quiet = [](const doctor::Examined&) {};
    const auto before = doctor::examine(ways, quiet).findings;
    CHECK(doctor::can_be_repaired(before, ""));
    CHECK(doctor::can_be_repaired(before, "service_stale_socket"));
    CHECK(!doctor::can_be_repaired(before, "region_unreachable"));
    CHECK(find(before, "reader_ok") == nullptr);

    const auto one = doctor::repair(ways, before, "service_stale_socket", quiet).findings;
    CHECK(get(one, "service_stale_socket").repair == Finding::Repair::done);
    CHECK(is_note(one, "service_stale_socket"));
    CHECK(is_ok(one, "reader_ok"));
    CHECK(get(one, "state_open").repair == Finding::Repair::possible);

    const auto all = doctor::repair(ways, one, "", quiet).findings;
    CHECK(get(all, "state_open").repair == Finding::Repair::done);
    CHECK(find(all, "service_stale_socket") == nullptr);
}

TEST_CASE("doctor: a repair that did not help is said to have failed") {
    const VirtualStack stack;
    const OwnTerminal terminal;
    stack.stop_service();
    REQUIRE(eventually([] { return !service_answers(); }));
    auto ways = ways_of(terminal);
    ways.service.start = {"/bin/false"};
    const auto quiet = [](const doctor::Examined&) {};
    const auto before = doctor::examine(ways, quiet).findings;
    REQUIRE(doctor::can_be_repaired(before, ""));
    const auto after = doctor::repair(ways, before, "", quiet).findings;
    // Its socket was removed on the way: now it is merely stopped.
    CHECK(is_fault(after, "service_stopped"));
    CHECK(find(after, "service_stale_socket") == nullptr);
    const auto again = doctor::repair(ways, after, "service_stopped", quiet).findings;
    CHECK(get(again, "service_stopped").repair == Finding::Repair::failed);
    CHECK(is_fault(again, "service_stopped"));
}
