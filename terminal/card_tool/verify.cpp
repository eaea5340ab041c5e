#include "terminal/card_tool/verify.h"

#include <CLI/CLI.hpp>

#include "terminal/card_tool/errand_verb.h"

namespace kazashi::card_tool {

namespace {

class Verify final : public ErrandVerb {
public:
    explicit Verify(CLI::App& verb) : ErrandVerb{verb} {
        verb.add_flag("--write-capsule", capsule_, "Also bring the emergency facts on the card up to date");
    }
    int run() override {
        errand.wish.purpose = capsule_ ? wire::CardPurpose::capsule : wire::CardPurpose::verify;
        return perform();
    }

private:
    bool capsule_{false};
};

}  // namespace

std::unique_ptr<Verb> add_verify(CLI::App& app) {
    return std::make_unique<Verify>(*app.add_subcommand("verify", "Let the card prove itself to the region"));
}

}  // namespace kazashi::card_tool
