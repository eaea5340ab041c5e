// --profiles and --libnfc, from the command line to what the card station is told.
#include <sys/wait.h>

#include <cstdio>
#include <fstream>

#include "terminal/app/card_profiles.h"
#include "terminal/app/command_line.h"
#include "terminal/app/station_options.h"
#include "terminal/app/tuning.h"
#include "tests/terminal/app/own_terminal.h"

using namespace kazashi;
using base::Fault;

namespace {

constexpr const char* old_card = R"([[card]]
name = "old-card"
system = 0x8AB0
service = 0x100B
blocks = [0, 1]
region = 44
coding = "bcd"
offset = 16
length = 5
)";

struct File {
    explicit File(const std::string& text) { std::ofstream{path} << text; }
    fakes::TempFolder folder;
    std::filesystem::path path{folder / "profiles.toml"};
};

base::Result<reader::StationOptions> asked_for(std::vector<const char*> words) {
    words.insert(words.begin(), {"kazashi", "run"});
    const auto command = app::parse_command_line(static_cast<int>(words.size()), words.data());
    return app::station_options(std::get<app::RunOptions>(command), 44);
}

}  // namespace

TEST_CASE("card options: profiles and a device of libnfc reach the card station") {
    const File file{old_card};
    const auto options = asked_for({"--profiles", file.path.c_str(), "--libnfc", "pn532_uart:/dev/ttyUSB0"});
    REQUIRE(options);
    CHECK(options->libnfc == "pn532_uart:/dev/ttyUSB0");
    CHECK(options->region == 44);
    REQUIRE(options->profiles.size() == 1);
    CHECK(options->profiles[0].name == "old-card");
    CHECK(options->profiles[0].system == 0x8AB0);
    const auto nothing = asked_for({});
    REQUIRE(nothing);
    CHECK(nothing->libnfc.empty());
    CHECK(nothing->profiles.empty());
}

TEST_CASE("card options: a file of profiles is none that is too long, or not there") {
    const File file{std::string(app::tuning::profiles_file + 1, '#')};
    CHECK(app::read_profiles(file.path).fault() == Fault::limit);
    CHECK(app::read_profiles(file.folder / "none").fault() == Fault::io);
    CHECK(app::read_profiles(file.folder.path()).fault() == Fault::io);
}

TEST_CASE("kazashi run: a wrong file of profiles ends it before there is a window, with table and field") {
    const test::OwnTerminal terminal;
    std::string wrong{old_card};
    wrong.replace(wrong.find("0x100B"), 6, "0x1008");
    const File file{wrong};
    const auto command = std::string{KAZASHI_BIN "/kazashi run --state "} + terminal.state.string() + " --profiles " +
                         file.path.string() + " 2>&1";
    std::FILE* const out = ::popen(command.c_str(), "r");
    REQUIRE(out != nullptr);
    std::string said;
    for (int letter = std::fgetc(out); letter != EOF; letter = std::fgetc(out)) said += static_cast<char>(letter);
    CHECK(WEXITSTATUS(::pclose(out)) == app::exit_failure);
    CHECK(said.find("kazashi run: the file of card profiles is wrong: card profile 1: service") != std::string::npos);
}
