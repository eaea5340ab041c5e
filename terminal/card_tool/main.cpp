// kazashi-card: the card tool. Readers, real and virtual cards, issuing. One verb per file.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <vector>

#include "terminal/card_tool/erase_demo.h"
#include "terminal/card_tool/issue.h"
#include "terminal/card_tool/list.h"
#include "terminal/card_tool/prove.h"
#include "terminal/card_tool/read.h"
#include "terminal/card_tool/simulate.h"
#include "terminal/card_tool/trace.h"
#include "terminal/card_tool/verify.h"

namespace {

using namespace kazashi::card_tool;

constexpr const char* about =
    "kazashi-card — the card tool of Kazashi: what readers there are, what card lies there, whether it proves itself, "
    "what is said to it; and a virtual reader with virtual cards.";

constexpr const char* more = R"(ENVIRONMENT
  PCSCLITE_CSOCK_NAME   socket of the PC/SC service, if it is not the usual one

EXIT STATUS
  0  done as asked
  1  failure: a sentence on standard error says which
  2  the command line was not understood
  more in the help of each verb

EXAMPLES
  kazashi-card list
  kazashi-card read --json
  kazashi-card prove --challenge 000102030405060708090A0B0C0D0E0F
  kazashi-card trace --challenge 000102030405060708090A0B0C0D0E0F
  kazashi-card issue --state /var/lib/kazashi --kind patient --number 0000000001

SEE ALSO
  kazashi(1), kazashi-region(1), pcscd(8))";

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{about, "kazashi-card"};
    app.set_version_flag("--version", "kazashi-card " KAZASHI_VERSION, "Print the version and stop");
    app.set_help_flag("-h,--help", "Print this text and stop");
    app.require_subcommand(1);
    app.footer(more);
    std::vector<std::unique_ptr<Verb>> verbs;
    verbs.push_back(add_list(app));
    verbs.push_back(add_read(app));
    verbs.push_back(add_prove(app));
    verbs.push_back(add_trace(app));
    verbs.push_back(add_issue(app));
    verbs.push_back(add_verify(app));
    verbs.push_back(add_erase_demo(app));
    verbs.push_back(add_simulate(app));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 would say that a verb is missing.
        if (app.get_subcommands().empty() && argc > 1 && *argv[1] != '-') {
            std::cerr << "kazashi-card has no such verb; kazashi-card --help lists them\n";
            return exit_usage;
        }
        return app.exit(error) == 0 ? int{exit_done} : int{exit_usage};
    }
    const auto verb =
        std::find_if(verbs.begin(), verbs.end(), [](const std::unique_ptr<Verb>& one) { return one->asked_for(); });
    return verb == verbs.end() ? int{exit_usage} : (*verb)->run();
}
