#include "tests/e2e/story/stage.h"

#include <algorithm>

#include "sync/store/enrolment.h"
#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

namespace {

// The value that follows `option`.
void put(Arguments& command, const std::string& option, const std::string& value) {
    const auto found = std::find(command.begin(), command.end(), option);
    if (found != command.end() && found + 1 != command.end()) *(found + 1) = value;
}

std::filesystem::path inspector_of(const StageOptions& options, Counter counter) {
    return options.run / (counter == Counter::first ? "inspect.sock" : folder(counter) + ".sock");
}

}  // namespace

std::string folder(Counter counter) {
    switch (counter) {
        case Counter::first:
            return "terminal";
        case Counter::second:
            return "second";
        case Counter::fire:
            return "fire";
        case Counter::island:
            return "island";
        case Counter::kiosk:
            return "kiosk";
    }
    return {};
}

Status Stage::stop_terminal() {
    KAZASHI_TRY(const Pid pid, terminal());
    return stop(pid, tuning::stop);
}

Status Stage::start_terminal(Counter which) {
    const auto socket = inspector_of(options, which);
    auto command = first_command;
    put(command, "--state", state(which).string());
    put(command, "--inspect", socket.string());
    KAZASHI_TRY(const Pid pid, start(command, options.out / "logs" / (folder(which) + ".log")));
    KAZASHI_CHECK(write_pid(options.run / "terminal.pid", pid));
    KAZASHI_TRY(inspector, InspectorClient::connect(socket, tuning::start));
    db = TerminalDb{state(which)};
    counter = which;
    ran.insert(which);
    return base::ok();
}

Status Stage::copy_state(const std::string& name) const {
    const auto to = options.run / "copies" / name;
    std::error_code problem;
    std::filesystem::create_directories(to, problem);
    if (!problem) std::filesystem::copy(state(counter), to, std::filesystem::copy_options::recursive, problem);
    if (problem) return base::Error{base::Fault::io, "a terminal's files could not be copied"};
    return base::ok();
}

Result<Stage> set_stage(const StageOptions& options) {
    KAZASHI_TRY(auto words, Words::load(options.assets / "strings" / "ja.toml"));
    KAZASHI_TRY(auto facts, load_facts(options.run / "data"));
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.run / folder(Counter::first)));
    KAZASHI_TRY(const Pid running, read_pid(options.run / "terminal.pid"));
    KAZASHI_TRY(auto command, arguments_of(running));
    KAZASHI_TRY(auto inspector, InspectorClient::connect(inspector_of(options, Counter::first), tuning::start));
    KAZASHI_TRY(auto cards, CardDesk::connect(options.run / "cards.sock", tuning::moment));
    KAZASHI_TRY(auto finger, XInput::open());
    KAZASHI_TRY(auto display, open_display());
    RegionServer region{options.serve, options.run / "region", options.run / "server.pid", options.out / "logs"};
    return Stage{options,
                 std::move(inspector),
                 std::move(cards),
                 std::move(finger),
                 std::move(display),
                 std::move(region),
                 StoryClock{options.run / "clock", options.run / "region-clock"},
                 TerminalDb{options.run / folder(Counter::first)},
                 std::move(words),
                 std::move(facts),
                 enrolment.region_verify,
                 std::move(command)};
}

}  // namespace kazashi::story
