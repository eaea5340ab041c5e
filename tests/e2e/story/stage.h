// Everything that stands on the stage while the story is played: the running programs and the means to touch and see
// them. Layout of the run folder, made by packaging/demo:
//   region/ data/                  what kazashi-region keeps, and the demonstration's files
//   terminal/ second/              what each terminal keeps: the counter of the story, another one of the same
//   fire/ island/ kiosk/           pharmacy, the fire department's, a second one of theirs that has never met the feed,
//                                  and the city hall's. They take turns: there is one screen and one card reader.
//   authority/                     keys and certificates of the ID cards
//   clock region-clock             the terminals' clock and the region's
//   copies/                        a terminal's files as a thief copied them at some moment of the story
//   cards.sock                     simulator's control
//   inspect.sock second.sock …     the inspector of the terminal that runs
//   server.pid terminal.pid        who runs
//   reader/                        the private PC/SC service (packaging/virtual-reader)
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "tests/e2e/story/card_desk.h"
#include "tests/e2e/story/facts.h"
#include "tests/e2e/story/inspector_client.h"
#include "tests/e2e/story/process.h"
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
    StaffCard medic;    // at the fire department
    StaffCard clerk;    // at the city hall
    std::string third;  // number of a member of staff of the pharmacy who has no card with them
};

// A terminal of the story, by the name of its folder.
enum class Counter { first, second, fire, island, kiosk };
inline constexpr std::array all_counters{Counter::first, Counter::second, Counter::fire, Counter::island,
                                         Counter::kiosk};
std::string folder(Counter counter);

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
    model::VerifyKey region_key;      // public: the terminal checks receipts with it, and so do we
    Arguments first_command;          // how the first terminal was started; the others differ in their folder
    Counter counter{Counter::first};  // the terminal that runs
    std::set<Counter> ran{Counter::first};

    std::filesystem::path state(Counter of) const { return options.run / folder(of); }
    Result<Pid> terminal() const { return read_pid(options.run / "terminal.pid"); }

    Status stop_terminal();
    // Screen, inspector and database are this terminal's from now on. The one before it must have been stopped.
    Status start_terminal(Counter which);
    // As a thief would, who gets hold of the running terminal's files at this moment.
    Status copy_state(const std::string& name) const;
};

Result<Stage> set_stage(const StageOptions& options);

// Kept between steps.
struct Remembered {
    std::string window;    // grant id of the story's patient; each tap renews it
    std::string patient;   // the patient's reference, hexadecimal
    std::string replayed;  // grant id made by the card that only repeats
    std::vector<Bytes> wraps;
};

}  // namespace kazashi::story
