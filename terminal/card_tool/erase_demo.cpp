#include "terminal/card_tool/erase_demo.h"

#include <CLI/CLI.hpp>

#include "terminal/card_tool/errand_verb.h"

namespace kazashi::card_tool {

namespace {

class EraseDemo final : public ErrandVerb {
public:
    explicit EraseDemo(CLI::App& verb) : ErrandVerb{verb} {}
    int run() override {
        errand.wish.purpose = wire::CardPurpose::scrap;
        return perform();
    }
};

}  // namespace

std::unique_ptr<Verb> add_erase_demo(CLI::App& app) {
    return std::make_unique<EraseDemo>(
        *app.add_subcommand("erase-demo",
                            "Take a card out of a demonstration: revoked, cleared, its key thrown away. A card that "
                            "was locked never becomes blank again, and a locked Lite is revoked only; one that was "
                            "not locked does"));
}

}  // namespace kazashi::card_tool
