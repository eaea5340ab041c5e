// The program itself: `kazashi doctor`, as another user, with other mounts, from the screen.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "terminal/app/doctor_lines.h"
#include "terminal/app/doctor_worker.h"
#include "tests/fakes/temp_folder.h"
#include "tests/terminal/app/own_terminal.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using doctor::Examined;
using state::Finding;

namespace {

struct Ran {
    int status{-1};
    std::string out;
    doctor::Findings findings;
    std::optional<app::DoctorEnd> end;
};

Ran run(const std::string& command) {
    Ran ran;
    auto* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> chunk{};
    while (std::fgets(chunk.data(), chunk.size(), pipe) != nullptr) ran.out += chunk.data();
    ran.status = WEXITSTATUS(::pclose(pipe));
    std::istringstream lines{ran.out};
    for (std::string line; std::getline(lines, line);) {
        auto parsed = app::parse_doctor_line(line);
        if (!parsed) continue;
        if (const auto* examined = std::get_if<Examined>(&*parsed))
            ran.findings.insert(ran.findings.end(), examined->findings.begin(), examined->findings.end());
        else
            ran.end = std::get<app::DoctorEnd>(*parsed);
    }
    return ran;
}

const std::string program{KAZASHI_BIN "/kazashi"};

std::string doctor_of(const std::filesystem::path& state) { return program + " doctor --state " + state.string(); }

}  // namespace

TEST_CASE("kazashi doctor: one line for each group, then the end; faults end it with 1") {
    const VirtualStack stack;
    const OwnTerminal terminal;
    const auto ran = run(doctor_of(terminal.state) + " --json");
    CHECK(ran.status == 1);  // the region of this test answers nobody
    REQUIRE(ran.end);
    CHECK(ran.end->faults >= 1);
    CHECK(is_fault(ran.findings, "region_unreachable"));
    CHECK(is_ok(ran.findings, "service_ok"));
    CHECK(is_ok(ran.findings, "store_ok"));
    CHECK(std::ranges::count(ran.out, '\n') == static_cast<std::ptrdiff_t>(state::doctor_groups.size() + 1));
}

TEST_CASE("kazashi doctor: an older card is one of ours when its profile is named, and a wrong file is told") {
    const VirtualStack stack;
    const OwnTerminal terminal;
    const auto region = terminal.enrolment.region;
    const auto profiles = terminal.outside / "profiles.toml";
    std::ofstream{profiles} << "[[card]]\nname = 'old'\nsystem = 0x8AB0\nservice = 0x100B\nblocks = [0, 1]\nregion = "
                            << region << "\ncoding = 'bcd'\noffset = 16\nlength = 5\n";
    stack.order({{"do", "lay_standard"},
                 {"number", "0000004711"},
                 {"profile",
                  {{"name", "old"},
                   {"system", 0x8AB0},
                   {"service", 0x100B},
                   {"blocks", {0, 1}},
                   {"kind", "patient"},
                   {"region", region},
                   {"coding", "bcd"},
                   {"offset", 16},
                   {"length", 5},
                   {"prefix", ""}}}});
    const auto finds = [&](const std::string& more, const char* key) {
        return find(run(doctor_of(terminal.state) + " --json" + more).findings, key) != nullptr;
    };
    CHECK(eventually([&] { return finds("", "card_foreign"); }));
    CHECK(finds(" --profiles " + profiles.string(), "card_ok"));

    std::ofstream{profiles} << "[[card";
    const auto ran = run(doctor_of(terminal.state) + " --profiles " + profiles.string() + " 2>&1");
    CHECK(ran.status == 1);
    CHECK(ran.out.find("the file of card profiles is wrong") != std::string::npos);
}

TEST_CASE("kazashi doctor: a sentence for each finding, in either language") {
    const VirtualStack stack;
    const OwnTerminal terminal;
    const auto english = run(doctor_of(terminal.state)).out;
    CHECK(english.find("!!  Line to the server") != std::string::npos);
    CHECK(english.find("The server cannot be reached.") != std::string::npos);
    CHECK(english.find("doctor.") == std::string::npos);
    CHECK(english.find('{') == std::string::npos);
    const auto japanese = run(doctor_of(terminal.state) + " --language ja").out;
    CHECK(japanese.find("サーバーにつながりません。") != std::string::npos);
}

TEST_CASE("kazashi doctor: what is not understood ends it with 2, its help with 0") {
    CHECK(run(program + " doctor --no-such-thing 2>&1").status == 2);
    const auto help = run(program + " doctor --help");
    CHECK(help.status == 0);
    for (const auto* word : {"--state", "--json", "--repair", "--reader", "EXIT STATUS", "EXAMPLES"})
        CHECK(help.out.find(word) != std::string::npos);
}

TEST_CASE("kazashi doctor: a user whom the socket does not let in") {
    const VirtualStack stack;
    const fakes::TempFolder nothing;
    REQUIRE(::chmod((stack_folder() / "pcscd.comm").c_str(), 0600) == 0);
    const auto as_other =
        run("setpriv --reuid 65534 --regid 65534 --clear-groups " + doctor_of(nothing.path()) + " --json");
    CHECK(is_fault(as_other.findings, "service_socket_denied"));
    CHECK(get(as_other.findings, "service_socket_denied").repair == Finding::Repair::none);
    CHECK(as_other.status == 1);
}

TEST_CASE("kazashi doctor: processes hidden from each other, really") {
    const VirtualStack stack;
    const fakes::TempFolder nothing;
    const auto hidden = run("unshare --mount --pid --fork sh -c 'mount -t proc -o hidepid=2 none /proc && exec " +
                            doctor_of(nothing.path()) + " --json'");
    CHECK(is_note(hidden.findings, "hidepid"));
    CHECK(find(run(doctor_of(nothing.path()) + " --json").findings, "hidepid") == nullptr);
}

TEST_CASE("kazashi doctor --repair: what is safe is done, and the rest stays as it was") {
    const VirtualStack stack;
    const OwnTerminal terminal;
    REQUIRE(::chmod((terminal.state / "tls.key").c_str(), 0644) == 0);
    const auto looked = run(doctor_of(terminal.state) + " --json");
    CHECK(get(looked.findings, "state_open").repair == Finding::Repair::possible);
    const auto other = run(doctor_of(terminal.state) + " --json --repair service_stopped");
    CHECK(get(other.findings, "state_open").repair == Finding::Repair::possible);
    const auto repaired = run(doctor_of(terminal.state) + " --json --repair");
    const auto last =
        std::ranges::find(repaired.findings.rbegin(), repaired.findings.rend(), "state_open", &Finding::key);
    REQUIRE(last != repaired.findings.rend());
    CHECK(last->repair == Finding::Repair::done);
    CHECK(find(run(doctor_of(terminal.state) + " --json").findings, "state_open") == nullptr);
}

TEST_CASE("doctor lines: what is written is read again, and nothing else is") {
    const Examined examined{state::DoctorGroup::card,
                            {{"reader_slow",
                              state::DoctorGroup::card,
                              Finding::Severity::fault,
                              Finding::Repair::failed,
                              {{"median", "120"}, {"histogram", "<300 ms 24"}}},
                             {"card_ok", state::DoctorGroup::card, Finding::Severity::ok, Finding::Repair::none, {}}},
                            17ms};
    const auto again = app::parse_doctor_line(app::doctor_line(examined));
    REQUIRE(again);
    CHECK(std::get<Examined>(*again).findings == examined.findings);
    CHECK(std::get<Examined>(*again).took == 17ms);
    const auto end = app::parse_doctor_line(app::doctor_line(app::DoctorEnd{2, 3, 40ms}));
    REQUIRE(end);
    CHECK(std::get<app::DoctorEnd>(*end).faults == 2);
    for (const auto* text :
         {"", "{}", "[]", "nonsense", R"({"group":"kitchen","findings":[]})",
          R"({"group":"card","findings":[{"key":"x","severity":"bad","repair":"none","figures":{}}]})",
          R"({"group":"card","findings":[{"key":"x","severity":"ok","repair":"none","figures":{"a":1}}]})",
          R"({"group":"card"})", R"({"group":7})"})
        CHECK(!app::parse_doctor_line(text));
}

namespace {

// What the screen hears, by a program of the test's in place of ours.
struct Called {
    explicit Called(const std::string& script) {
        std::ofstream{folder / "program"} << "#!/bin/sh\n" << script;
        std::filesystem::permissions(folder / "program", std::filesystem::perms::owner_all);
        options.state = "/state";
        options.reader = "ACR";
        options.profiles = "/old.toml";
    }
    std::optional<state::Event> next() {
        auto message = inbox.take(30s);
        if (!message || !std::holds_alternative<state::Event>(*message)) return std::nullopt;
        return std::move(std::get<state::Event>(*message));
    }
    fakes::TempFolder folder;
    app::RunOptions options;
    app::Inbox inbox{16};
};

}  // namespace

TEST_CASE("doctor worker: groups as they are told, then the end, with what was asked of it") {
    Called called{R"(echo "$*" > "$0.asked"
echo '{"group":"fonts","ms":1,"findings":[]}'
echo 'nonsense'
echo '{"done":true,"faults":0,"notes":0,"ms":1}')"};
    app::DoctorWorker worker{called.folder / "program", called.options, called.inbox};
    worker.call(7, "service_stopped");
    const auto told = called.next();
    REQUIRE((told && std::holds_alternative<state::DoctorTold>(*told)));
    CHECK(std::get<state::DoctorTold>(*told).call == 7);
    CHECK(std::get<state::DoctorTold>(*told).group == state::DoctorGroup::fonts);
    const auto done = called.next();
    REQUIRE((done && std::holds_alternative<state::DoctorDone>(*done)));
    CHECK(std::get<state::DoctorDone>(*done).well);
    std::string asked;
    std::getline(std::ifstream{called.folder / "program.asked"} >> std::ws, asked);
    CHECK(asked == "doctor --json --state /state --reader ACR --profiles /old.toml --repair service_stopped");
}

TEST_CASE("doctor worker: one that breaks off, is not there, or hangs is told to have failed") {
    Called broken{"echo '{\"group\":\"fonts\",\"ms\":1,\"findings\":[]}'\nexit 3\n"};
    app::DoctorWorker worker{broken.folder / "program", broken.options, broken.inbox};
    worker.call(1, "");
    REQUIRE(broken.next());
    CHECK(!std::get<state::DoctorDone>(broken.next().value()).well);
    app::DoctorWorker nowhere{broken.folder / "nowhere", broken.options, broken.inbox};
    nowhere.call(2, "");
    CHECK(!std::get<state::DoctorDone>(broken.next().value()).well);
    Called hanging{"exec sleep 600\n"};
    app::DoctorWorker hangs{hanging.folder / "program", hanging.options, hanging.inbox};
    hangs.call(3, "");
    hangs.call(4, "");  // ends the one before
    const auto ended = hanging.next();
    REQUIRE(ended);
    CHECK(std::get<state::DoctorDone>(*ended).call == 3);
    CHECK(!std::get<state::DoctorDone>(*ended).well);
}
