// What the command line said.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cardio/base/result.h"
#include "sync/store/enrolment.h"
#include "terminal/state/state.h"

namespace kazashi::app {

struct RunOptions {
    std::filesystem::path state;
    std::filesystem::path assets;  // empty: find_assets()
    std::string reader;            // part of its name; empty: any
    std::string libnfc;            // connection string of a device beside those of PC/SC
    std::filesystem::path profiles;  // of older cards
    int width{1280};
    int height{800};
    bool fullscreen{false};
    float ui_scale{1.0F};  // times what fits the window
    state::Language language{state::Language::japanese};
    std::filesystem::path demo_clock;  // demonstration only
    std::filesystem::path inspect;     // demonstration only
};

struct EnrolOptions {
    std::filesystem::path state;
    std::string server_url;
    std::filesystem::path region_ca;
    std::string code;
    int staff{1};
    std::string reader;
    std::string libnfc;
};

struct LedgerVerifyOptions {
    std::filesystem::path file;
    std::filesystem::path state;
    std::string key;  // the terminal's public key in hexadecimal digits, instead of its folder
};
struct LedgerExportOptions {
    std::filesystem::path file;
    std::filesystem::path state;
};
struct BackupOptions {
    std::filesystem::path file;
    std::filesystem::path state;
};
struct RestoreOptions : BackupOptions {};
struct DecommissionOptions {
    std::filesystem::path state;
    bool yes{false};
};
struct RekeyOptions {
    std::filesystem::path state;
};

struct DoctorOptions {
    std::filesystem::path state;
    std::filesystem::path assets;  // empty: find_assets()
    std::string reader;            // part of its name; empty: any
    std::filesystem::path profiles;
    bool json{false};
    bool repair{false};
    std::string only;              // with repair: the key of one finding; empty: all that is safe
    state::Language language{state::Language::english};
};

// denied: an option that only a demonstration may use, on a terminal of a real region.
base::Status allowed(const RunOptions& options, const store::Enrolment& enrolment);

// "1280x800"; nullopt when it is not a size this program can draw in.
struct PixelSize {
    int width{};
    int height{};
};
std::optional<PixelSize> parse_size(const std::string& text);

// Beside the program: ../share/kazashi when installed, the source tree's assets when built. not_found otherwise.
base::Result<std::filesystem::path> find_assets();

}  // namespace kazashi::app
