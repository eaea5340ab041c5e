// kazashi-tray: virtual cards in a person's hand, or in a script's. Only for the demonstration.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "packaging/tray/strip.h"
#include "tests/e2e/story/tuning.h"

namespace {

using namespace kazashi;

struct Options {
    std::filesystem::path control;
    std::filesystem::path assets;
    std::vector<std::string> show;
    std::string hint;
    std::string lay;
    story::IdCard id_card;
    bool take{};
    bool authorities{};
};

base::Status act(const Options& options, story::CardDesk desk) {
    if (!options.lay.empty()) return desk.lay(options.lay);
    if (!options.id_card.kind.empty()) return desk.lay_id_card(options.id_card);
    if (options.authorities) return desk.make_authorities();
    if (options.take) return desk.take();
    KAZASHI_TRY(auto strip, tray::Tray::open(std::move(desk), options.show));
    return tray::show(std::move(strip), options.assets / "fonts.toml", options.hint);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Lays the demonstration's virtual cards on the reader: as a window, or once with a verb."};
    app.add_option("--control", options.control, "control socket of kazashi-card simulate")->required();
    app.add_option("--assets", options.assets, "the terminal's assets, for the window's letters");
    app.add_option("--show", options.show, "cards in the window, by name; all if not said");
    app.add_option("--hint", options.hint, "a line above the cards");
    auto* lay = app.add_subcommand("lay", "Lay a card and stop");
    lay->add_option("CARD", options.lay, "its name, as patient-0000000001")->required();
    auto* id_card = app.add_subcommand("lay-id-card", "Lay an ID card and stop");
    id_card->add_option("KIND", options.id_card.kind, "my_number or hpki")->required();
    id_card->add_option("HOLDER", options.id_card.holder, "whose")->required();
    id_card->add_option("PIN", options.id_card.pin, "its PIN from now on")->required();
    auto* authorities = app.add_subcommand("authorities", "Make the authorities of ID cards where they are kept");
    auto* take = app.add_subcommand("take", "Take the card off and stop");
    app.require_subcommand(0, 1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.take = take->parsed();
    options.authorities = authorities->parsed();
    auto desk = story::CardDesk::connect(options.control, story::tuning::moment);
    const auto done = desk ? act(options, std::move(*desk)) : base::Status{desk.error()};
    if (!done) fmt::print(stderr, "kazashi-tray: {}\n", done.error().detail);
    return done ? 0 : 1;
}
