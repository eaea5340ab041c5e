#include "terminal/card_tool/list.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "terminal/card_tool/card_there.h"
#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

namespace {

using nlohmann::json;

constexpr const char* more = R"(OUTPUT
  One line for each reader, "card" or "empty" and its name as the PC/SC service spells it.
  --json: {"readers":[{"reader":NAME,"card":true|false}, …]}

EXIT STATUS
  0  listed, also when there is no reader, which standard error says
  1  the PC/SC service does not run
  2  the command line was not understood)";

class List final : public Verb {
public:
    explicit List(CLI::App& verb) : Verb{verb} {
        verb.add_option("--reader", reader_, "Part of the reader's name; every reader if not said")->type_name("NAME");
        verb.add_flag("--json", as_json_, "Print one JSON object");
        verb.footer(more);
    }
    int run() override {
        const auto readers = look(reader_);
        if (!readers) return fail(readers.error());
        const auto& watches = readers->watches;
        if (watches.empty()) fmt::print(stderr, "kazashi-card: {}\n", why_none(*readers));
        if (as_json_) {
            json out = json::array();
            for (const auto& watch : watches) out.push_back({{"reader", watch.name}, {"card", watch.present()}});
            print({{"readers", out}}, true);
            return exit_done;
        }
        for (const auto& watch : watches) fmt::print("{}  {}\n", watch.present() ? "card " : "empty", watch.name);
        return exit_done;
    }

private:
    std::string reader_;
    bool as_json_{false};
};

}  // namespace

std::unique_ptr<Verb> add_list(CLI::App& app) {
    return std::make_unique<List>(*app.add_subcommand("list", "List the readers, and whether a card lies there"));
}

}  // namespace kazashi::card_tool
