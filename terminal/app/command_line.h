// The command line of `kazashi`: what it asks for, or the text and exit code to end with.
#pragma once

#include <string>
#include <variant>

#include "terminal/app/options.h"

namespace kazashi::app {

enum ExitCode : int { exit_ok = 0, exit_failure = 1, exit_usage = 2 };

struct EndNow {
    std::string text;
    int code{};  // exit_ok: text is for standard output, else for standard error
};
using Command = std::variant<RunOptions, EnrolOptions, LedgerVerifyOptions, LedgerExportOptions, BackupOptions,
                             RestoreOptions, DecommissionOptions, RekeyOptions, DoctorOptions, EndNow>;

Command parse_command_line(int argc, const char* const* argv);

}  // namespace kazashi::app
