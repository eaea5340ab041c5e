// kazashi: the terminal. What it does is in run.h, enrol.h, ledger_verbs.h, backup.h, decommission.h, rekey.h and
// doctor_verb.h.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "terminal/app/backup.h"
#include "terminal/app/command_line.h"
#include "terminal/app/decommission.h"
#include "terminal/app/doctor_verb.h"
#include "terminal/app/enrol.h"
#include "terminal/app/hardening.h"
#include "terminal/app/ledger_verbs.h"
#include "terminal/app/pin_input.h"
#include "terminal/app/rekey.h"
#include "terminal/app/run.h"

namespace {

using namespace kazashi;

void say(std::string_view sentence) {
    std::printf("%.*s\n", static_cast<int>(sentence.size()), sentence.data());
    std::fflush(stdout);  // somebody follows the steps, perhaps through a pipe
}

int ended(const char* verb, const base::Status& status) {
    if (status) return app::exit_ok;
    const auto why = base::name(status.fault());
    std::fprintf(stderr, "kazashi %s: %s (%.*s)\n", verb, status.error().detail.c_str(), static_cast<int>(why.size()),
                 why.data());
    return app::exit_failure;
}

// The id of the terminal, typed: nobody does that by mistake.
bool confirm(const std::string& terminal) {
    std::printf("This ends terminal %s and wipes this folder. Type its id to go on: ", terminal.c_str());
    std::fflush(stdout);
    std::string typed;
    std::getline(std::cin, typed);
    return typed == terminal;
}

struct Perform {
    int operator()(const app::RunOptions& options) const { return ended("run", app::run(options)); }
    int operator()(const app::EnrolOptions& options) const {
        return ended("enrol", app::enrol(options, {say, [] { return app::read_pin(STDIN_FILENO); }}));
    }
    int operator()(const app::LedgerVerifyOptions& options) const {
        return ended("ledger verify", app::verify_ledger(options, say));
    }
    int operator()(const app::LedgerExportOptions& options) const {
        return ended("ledger export", app::export_ledger(options, say));
    }
    int operator()(const app::BackupOptions& options) const { return ended("backup", app::backup(options, say)); }
    int operator()(const app::RestoreOptions& options) const { return ended("restore", app::restore(options, say)); }
    int operator()(const app::DecommissionOptions& options) const {
        return ended("decommission", app::decommission(options, say, confirm));
    }
    int operator()(const app::RekeyOptions& options) const { return ended("rekey", app::rekey(options, say)); }
    int operator()(const app::DoctorOptions& options) const {
        const auto outcome = app::call_doctor(options, say);
        if (!outcome) return ended("doctor", outcome.error());
        const int code = outcome->faults ? app::exit_failure : app::exit_ok;
        if (outcome->gave_up) std::quick_exit(code);  // something that hangs would hang us at the end
        return code;
    }
    int operator()(const app::EndNow& end) const {
        std::fputs(end.text.c_str(), end.code == app::exit_ok ? stdout : stderr);
        return end.code;
    }
};

}  // namespace

int main(int argc, char** argv) {
    app::harden();
    return std::visit(Perform{}, app::parse_command_line(argc, argv));
}
