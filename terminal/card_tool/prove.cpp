#include "terminal/card_tool/prove.h"

#include <CLI/CLI.hpp>

#include "terminal/card_tool/card_verb.h"
#include "terminal/card_tool/challenge_option.h"

namespace kazashi::card_tool {

namespace {

constexpr const char* more = R"(OUTPUT
  challenge, and mac_a: what the card computes over S_PAD0 and ID with its card key. A FeliCa Lite
  computes MAC instead. Only who knows the card key can tell whether it is right: the region does.

EXIT STATUS
  0  the card has answered
  1  failure: no PC/SC service, no reader, a card taken away or held by another program …: a sentence on
     standard error says which
  2  the command line was not understood
  3  no card lies on a reader
  4  not a card of a region, one that cannot prove itself, or several cards)";

class Prove final : public CardVerb {
public:
    explicit Prove(CLI::App& verb) : CardVerb{verb} {
        add_challenge(verb, challenge_)->required();
        verb.footer(more);
    }

private:
    int meet(const Met& met) override {
        card::Proof proof;
        const int code = prove(met, challenge_, proof);
        if (code != exit_done) return code;
        print({{"challenge", base::to_hex(challenge_.view())}, {"mac_a", base::to_hex(proof.view())}},
              options().as_json);
        return exit_done;
    }

    card::Challenge challenge_;
};

}  // namespace

std::unique_ptr<Verb> add_prove(CLI::App& app) {
    return std::make_unique<Prove>(*app.add_subcommand("prove", "Let the card answer a challenge, print its MAC_A"));
}

}  // namespace kazashi::card_tool
