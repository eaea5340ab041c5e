// kazashi: the terminal. What it does is in run.h and enrol.h.
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "terminal/app/command_line.h"
#include "terminal/app/enrol.h"
#include "terminal/app/pin_input.h"
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

struct Perform {
    int operator()(const app::RunOptions& options) const { return ended("run", app::run(options)); }
    int operator()(const app::EnrolOptions& options) const {
        return ended("enrol", app::enrol(options, {say, [] { return app::read_pin(STDIN_FILENO); }}));
    }
    int operator()(const app::EndNow& end) const {
        std::fputs(end.text.c_str(), end.code == app::exit_ok ? stdout : stderr);
        return end.code;
    }
};

}  // namespace

int main(int argc, char** argv) { return std::visit(Perform{}, app::parse_command_line(argc, argv)); }
