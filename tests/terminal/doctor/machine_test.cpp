#include "terminal/doctor/machine.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/fakes/fake_clock.h"
#include "tests/fakes/private_mounts.h"
#include "tests/terminal/app/own_terminal.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using doctor::MachineWays;
using state::Finding;
namespace fs = std::filesystem;

namespace {

struct Machine {
    OwnTerminal terminal;
    fakes::FakeClock clock;
    MachineWays ways{terminal.state, 1, &clock};
    doctor::Findings look() const { return doctor::probe_machine(ways); }
};

void write(const fs::path& file, std::size_t bytes) { std::ofstream{file} << std::string(bytes, 'x'); }

}  // namespace

TEST_CASE("doctor: an enrolled terminal with room on its disk is well") {
    const Machine machine;
    const auto findings = machine.look();
    CHECK(is_ok(findings, "machine_ok"));
    CHECK(findings.size() == 1);
}

TEST_CASE("doctor: a folder without an enrolment, none at all, and a damaged one") {
    Machine machine;
    std::ofstream{machine.terminal.state / "terminal.toml"} << "version = ";
    CHECK(is_fault(machine.look(), "enrolment_damaged"));
    fs::remove(machine.terminal.state / "terminal.toml");
    CHECK(is_fault(machine.look(), "not_enrolled"));
    machine.ways.state = machine.terminal.state / "nowhere";
    CHECK(is_fault(machine.look(), "not_enrolled"));
    CHECK(machine.look().size() == 1);
}

TEST_CASE("doctor: keys others may read are closed") {
    const Machine machine;
    const auto key = machine.terminal.state / "tls.key";
    REQUIRE(::chmod(key.c_str(), 0640) == 0);
    const auto findings = machine.look();
    CHECK(is_fault(findings, "state_open"));
    REQUIRE(doctor::repair_machine(machine.ways, get(findings, "state_open")));
    CHECK(find(machine.look(), "state_open") == nullptr);
    CHECK((fs::status(key).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(store::read_enrolment(machine.terminal.state));
}

TEST_CASE("doctor: files of another user in the terminal's folder") {
    const Machine machine;
    REQUIRE(::chown((machine.terminal.state / "kazashi.db").c_str(), 12345, 12345) == 0);
    CHECK(is_fault(machine.look(), "state_not_ours"));
}

TEST_CASE("doctor: a clock from before the first terminal has lost its battery") {
    Machine machine;
    machine.clock.set_wall(base::UtcTime{std::chrono::hours{24 * 365 * 20}});
    CHECK(is_fault(machine.look(), "clock_dead"));
}

TEST_CASE("doctor: a disk that is really full, and what we left on it ourselves") {
    doctor::Findings full, without_leftovers, after;
    base::Status repaired = base::Error{base::Fault::io, ""};
    bool young_stays = false, old_goes = false, store_stays = false;
    fakes::in_private_mounts([&] {
        fakes::TempFolder folder;
        const auto file = [&](const char* name) { return folder.path() / name; };
        fakes::mount_small_disk(folder.path(), "1m");
        base::SystemClock clock;
        const MachineWays ways{folder.path(), 512 * 1024, &clock};
        write(file("kazashi.db.damaged-20260101T000000Z"), 200 * 1024);
        write(file("young.part"), 200 * 1024);
        write(file("rest"), 300 * 1024);
        without_leftovers = doctor::probe_machine(ways);
        write(file("kazashi.db.part"), 1024 * 1024);  // the disk takes as much as it can
        fs::last_write_time(file("kazashi.db.part"), fs::file_time_type::clock::now() - std::chrono::hours{2});
        fs::remove(file("rest"));
        write(file("more"), 200 * 1024);
        full = doctor::probe_machine(ways);
        fs::remove(file("more"));
        if (const auto* found = find(full, "disk_full")) repaired = doctor::repair_machine(ways, *found);
        after = doctor::probe_machine(ways);
        young_stays = fs::exists(file("young.part"));
        store_stays = fs::exists(file("kazashi.db.damaged-20260101T000000Z"));
        old_goes = !fs::exists(file("kazashi.db.part"));
        ::umount2(folder.path().c_str(), MNT_DETACH);
    });
    CHECK(get(without_leftovers, "disk_full").repair == Finding::Repair::none);
    CHECK(is_fault(full, "disk_full"));
    CHECK(get(full, "disk_full").repair == Finding::Repair::possible);
    CHECK(repaired);
    CHECK(is_ok(after, "machine_ok"));
    CHECK(young_stays);
    CHECK(store_stays);
    CHECK(old_goes);
}

TEST_CASE("doctor: the room of the write-ahead file is given back without losing what is in it") {
    Machine machine;
    machine.terminal.write_entries(30);
    auto open = store::Store::open(machine.terminal.enrolment.database, {});
    REQUIRE(open);
    REQUIRE(open->put_value("x", base::Bytes(100'000, 1)));
    const auto write_ahead = machine.terminal.state / "kazashi.db-wal";
    REQUIRE(fs::file_size(write_ahead) > 0);
    machine.ways.free_least = ~std::uintmax_t{0};
    const auto findings = machine.look();
    REQUIRE(get(findings, "disk_full").repair == Finding::Repair::possible);
    REQUIRE(doctor::repair_machine(machine.ways, get(findings, "disk_full")));
    CHECK(fs::file_size(write_ahead) == 0);
    CHECK(get(machine.look(), "disk_full").repair == Finding::Repair::none);
    CHECK(open->value("x")->value().size() == 100'000);
    CHECK(machine.terminal.entries().size() == 30);
}

TEST_CASE("doctor: a disk that takes no writes") {
    doctor::Findings findings;
    fakes::in_private_mounts([&] {
        const fakes::TempFolder folder;
        fakes::mount_small_disk(folder.path(), "1m");
        fakes::make_read_only(folder.path());
        const base::SystemClock clock;
        findings = doctor::probe_machine({folder.path(), 1, &clock});
        ::umount2(folder.path().c_str(), MNT_DETACH);
    });
    CHECK(is_fault(findings, "disk_read_only"));
    CHECK(find(findings, "machine_ok") == nullptr);
}
