#include "terminal/app/options.h"

#include "terminal/app/command_line.h"
#include "tests/catch.h"

using namespace kazashi;

namespace {

app::Command parse(std::vector<const char*> words) {
    words.insert(words.begin(), "kazashi");
    return app::parse_command_line(static_cast<int>(words.size()), words.data());
}

int code_of(const app::Command& command) {
    const auto* end = std::get_if<app::EndNow>(&command);
    return end == nullptr ? -1 : end->code;
}

store::Enrolment terminal_of(bool demo) {
    store::Enrolment enrolment;
    enrolment.demo = demo;
    return enrolment;
}

}  // namespace

TEST_CASE("options: a real region refuses what only a demonstration may use") {
    app::RunOptions plain;
    CHECK(app::allowed(plain, terminal_of(false)));
    app::RunOptions clock;
    clock.demo_clock = "clock";
    app::RunOptions inspect;
    inspect.inspect = "socket";
    for (const auto& options : {clock, inspect}) {
        const auto refused = app::allowed(options, terminal_of(false));
        REQUIRE_FALSE(refused);
        CHECK(refused.fault() == base::Fault::denied);
        CHECK(app::allowed(options, terminal_of(true)));
    }
}

TEST_CASE("options: a size is two numbers a screen can have") {
    const auto size = app::parse_size("1920x1080");
    REQUIRE(size);
    CHECK(size->width == 1920);
    CHECK(size->height == 1080);
    for (const auto* bad : {"", "x", "1280", "1280x", "x800", "1280x800x2", "12 80x800", "-1280x800", "10x10",
                            "99999x800", "1280X800", "99999999999999999999x800"}) {
        CHECK_FALSE(app::parse_size(bad));
    }
}

TEST_CASE("command line: help and version end well") {
    CHECK(code_of(parse({"--help"})) == app::exit_ok);
    CHECK(code_of(parse({"run", "--help"})) == app::exit_ok);
    CHECK(code_of(parse({"enrol", "--help"})) == app::exit_ok);
    const auto version = parse({"--version"});
    REQUIRE(code_of(version) == app::exit_ok);
    CHECK(std::get<app::EndNow>(version).text == "kazashi " KAZASHI_VERSION "\n");
}

TEST_CASE("command line: help names every exit status") {
    const auto text = std::get<app::EndNow>(parse({"--help"})).text;
    CHECK(text.find("EXIT STATUS") != std::string::npos);
    for (const auto* line : {"  0  ", "  1  ", "  2  "}) CHECK(text.find(line) != std::string::npos);
}

TEST_CASE("command line: what is not understood is a usage error") {
    CHECK(code_of(parse({})) == app::exit_usage);
    CHECK(code_of(parse({"fly"})) == app::exit_usage);
    CHECK(code_of(parse({"run", "--wings"})) == app::exit_usage);
    CHECK(code_of(parse({"run", "--size", "big"})) == app::exit_usage);
    CHECK(code_of(parse({"run", "--language", "fr"})) == app::exit_usage);
    CHECK(code_of(parse({"run", "--ui-scale", "0"})) == app::exit_usage);
    CHECK(code_of(parse({"enrol", "--state", "s"})) == app::exit_usage);
    CHECK(code_of(parse({"enrol", "--server", "u", "--ca", "not-there", "--code", "c"})) == app::exit_usage);
}

TEST_CASE("command line: run says what was asked for") {
    const auto command = parse({"run", "--state", "s", "--size", "1920x1080", "--fullscreen", "--language", "en",
                                "--ui-scale", "1.25", "--reader", "PaSoRi", "--demo-clock", "c", "--inspect", "i"});
    const auto* run = std::get_if<app::RunOptions>(&command);
    REQUIRE(run != nullptr);
    CHECK(run->state == "s");
    CHECK(run->width == 1920);
    CHECK(run->height == 1080);
    CHECK(run->fullscreen);
    CHECK(run->language == state::Language::english);
    CHECK(run->ui_scale == 1.25F);
    CHECK(run->reader == "PaSoRi");
    CHECK(run->demo_clock == "c");
    CHECK(run->inspect == "i");
}

TEST_CASE("command line: enrol says what was asked for") {
    const auto command = parse({"enrol", "--state", "s", "--server", "https://127.0.0.1:8443", "--ca",
                                KAZASHI_SOURCE "/CMakeLists.txt", "--code", "K", "--staff", "3"});
    const auto* enrol = std::get_if<app::EnrolOptions>(&command);
    REQUIRE(enrol != nullptr);
    CHECK(enrol->server_url == "https://127.0.0.1:8443");
    CHECK(enrol->region_ca == KAZASHI_SOURCE "/CMakeLists.txt");
    CHECK(enrol->code == "K");
    CHECK(enrol->staff == 3);
}

TEST_CASE("command line: the verbs for ledger, copies, end and new keys say what was asked for") {
    const auto verify = parse({"ledger", "verify", "f", "--state", "s"});
    REQUIRE(std::get_if<app::LedgerVerifyOptions>(&verify) != nullptr);
    CHECK(std::get<app::LedgerVerifyOptions>(verify).file == "f");
    CHECK(std::get<app::LedgerVerifyOptions>(verify).state == "s");
    const auto by_key = parse({"ledger", "verify", "f", "--key", "ab"});
    REQUIRE(std::get_if<app::LedgerVerifyOptions>(&by_key) != nullptr);
    CHECK(std::get<app::LedgerVerifyOptions>(by_key).key == "ab");
    const auto exported = parse({"ledger", "export", "f", "--state", "s"});
    REQUIRE(std::get_if<app::LedgerExportOptions>(&exported) != nullptr);
    CHECK(std::get<app::LedgerExportOptions>(exported).state == "s");
    const auto backup = parse({"backup", "f"});
    REQUIRE(std::get_if<app::BackupOptions>(&backup) != nullptr);
    CHECK(std::get<app::BackupOptions>(backup).state == "/var/lib/kazashi");
    const auto restore = parse({"restore", "f", "--state", "s"});
    REQUIRE(std::get_if<app::RestoreOptions>(&restore) != nullptr);
    CHECK(std::get<app::RestoreOptions>(restore).file == "f");
    const auto end = parse({"decommission", "--state", "s"});
    REQUIRE(std::get_if<app::DecommissionOptions>(&end) != nullptr);
    CHECK(!std::get<app::DecommissionOptions>(end).yes);
    const auto rekey = parse({"rekey", "--state", "s"});
    REQUIRE(std::get_if<app::RekeyOptions>(&rekey) != nullptr);
    CHECK(std::get<app::RekeyOptions>(rekey).state == "s");
}

TEST_CASE("command line: each verb explains itself, and misuse of it is a usage error") {
    for (const char* verb : {"backup", "restore", "decommission", "rekey", "ledger"})
        CHECK(code_of(parse({verb, "--help"})) == app::exit_ok);
    CHECK(code_of(parse({"ledger", "verify", "--help"})) == app::exit_ok);
    CHECK(std::get<app::EndNow>(parse({"restore", "--help"})).text.find("fork") != std::string::npos);
    CHECK(code_of(parse({"ledger"})) == app::exit_usage);
    CHECK(code_of(parse({"ledger", "verify"})) == app::exit_usage);
    CHECK(code_of(parse({"ledger", "verify", "f", "--state", "s", "--key", "ab"})) == app::exit_usage);
    CHECK(code_of(parse({"backup"})) == app::exit_usage);
    CHECK(code_of(parse({"restore"})) == app::exit_usage);
    CHECK(code_of(parse({"decommission", "now"})) == app::exit_usage);
}

TEST_CASE("options: an unknown verb is said to be one; the doctor says which languages it has, and what it repairs") {
    const auto said = [](std::vector<const char*> words) {
        const auto command = parse(std::move(words));
        const auto* end = std::get_if<app::EndNow>(&command);
        return end == nullptr ? std::string{} : end->text;
    };
    CHECK(code_of(parse({"frob"})) == 2);
    CHECK(said({"frob"}).find("no such verb") != std::string::npos);
    CHECK(said({}).find("required") != std::string::npos);
    CHECK(code_of(parse({"doctor", "--language", "fr"})) == 2);
    CHECK(said({"doctor", "--language", "fr"}).find("neither ja nor en") != std::string::npos);
    CHECK(code_of(parse({"doctor", "--repair", "everything"})) == 2);
    CHECK(said({"doctor", "--repair", "everything"}).find("reader_kernel_module") != std::string::npos);

    const auto understood = parse({"doctor", "--language", "ja", "--repair", "disk_full"});
    const auto* options = std::get_if<app::DoctorOptions>(&understood);
    REQUIRE(options != nullptr);
    CHECK(options->language == state::Language::japanese);
    CHECK(options->only == "disk_full");
    const auto all = parse({"doctor", "--repair"});
    REQUIRE(std::holds_alternative<app::DoctorOptions>(all));
    CHECK(std::get<app::DoctorOptions>(all).repair);
    CHECK(std::get<app::DoctorOptions>(all).only.empty());
}
