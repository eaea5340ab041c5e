// Everything that stands on the stage while the story is played: the running programs and the means to touch and see
// them. Layout of the run folder, made by packaging/demo:
//   region/ data/ terminal/        what kazashi-region and kazashi keep, and the demonstration's files
//   clock                          the demonstration's clock
//   cards.sock inspect.sock        simulator's control, terminal's inspector
//   server.pid terminal.pid        who runs
//   reader/                        the private PC/SC service (packaging/virtual-reader)
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tests/e2e/story/card_desk.h"
#include "tests/e2e/story/facts.h"
#include "tests/e2e/story/inspector_client.h"
#include "tests/e2e/story/region.h"
#include "tests/e2e/story/screenshot.h"
#include "tests/e2e/story/story_clock.h"
#include "tests/e2e/story/terminal_db.h"
#include "tests/e2e/story/words.h"
#include "tests/e2e/story/x_input.h"

namespace kazashi::story {

struct StaffCard {
    std::string card;    // "staff-0000000001": its name at the simulator
    std::string number;  // "0000000001"
    std::string pin;
};

struct StageOptions {
    std::filesystem::path run;     // the folder described above
    std::filesystem::path assets;  // the terminal's
    std::filesystem::path out;     // pictures, report, logs
    int patients{};
    Arguments serve;  // how the region's server is started
    StaffCard first;
    StaffCard second;
};

struct Stage {
    StageOptions options;
    InspectorClient inspector;
    CardDesk cards;
    XInput finger;
    XDisplay display;
    RegionServer region;
    StoryClock clock;
    TerminalDb db;
    Words words;
    Facts facts;
    model::VerifyKey region_key;  // public: the terminal checks receipts with it, and so do we

    std::filesystem::path terminal_state() const { return options.run / "terminal"; }
    Result<Pid> terminal() const { return read_pid(options.run / "terminal.pid"); }
};

Result<Stage> set_stage(const StageOptions& options);

// Kept between steps.
struct Remembered {
    std::string window;    // grant id of the story's patient
    std::string replayed;  // grant id made by the card that only repeats
    std::vector<Bytes> wraps;
};

}  // namespace kazashi::story
