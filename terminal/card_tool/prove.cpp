#include "terminal/card_tool/prove.h"

#include <CLI/CLI.hpp>

#include "terminal/card_tool/card_there.h"
#include "terminal/card_tool/challenge_option.h"
#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

namespace {

constexpr const char* more = R"(OUTPUT
  challenge, and mac_a: what the card computes over S_PAD0 and ID with its card key. A FeliCa Lite
  computes MAC instead. Only who knows the card key can tell whether it is right: the region does.

EXIT STATUS
  0  the card has answered
  1  failure: a sentence on standard error says which
  2  the command line was not understood
  3  no card lies on a reader
  4  not a card of a region, one that cannot prove itself, or several cards)";

class Prove final : public Verb {
public:
    explicit Prove(CLI::App& verb) : Verb{verb} {
        add_card_options(verb, options_);
        add_challenge(verb, challenge_)->required();
        verb.footer(more);
    }
    int run() override {
        const auto profiles = options_.load_profiles();
        if (!profiles) return fail(profiles.error());
        const base::SystemClock clock;
        const auto context = reader::PcscContext::establish();
        if (!context) return fail(context.error());
        auto there = find_card(*context, options_.reader);
        if (!there) return fail(there.error());
        reader::Conversation talk{there->connection, clock, std::nullopt};
        const auto sight = talk.identify(there->connection.atr(), std::nullopt, *profiles);
        if (!sight) return fail(sight.error());
        if (!std::holds_alternative<card::Identity>(*sight)) return not_such_a_card(kind_of(*sight));
        const auto proofs = talk.prove({challenge_});
        if (!proofs && proofs.fault() == base::Fault::unsupported) return not_such_a_card(proofs.error().detail);
        if (!proofs) return fail(proofs.error());
        print({{"challenge", base::to_hex(challenge_.view())}, {"mac_a", base::to_hex(proofs->front().view())}},
              options_.as_json);
        return exit_done;
    }

private:
    static int not_such_a_card(const std::string& what) {
        static_cast<void>(fail({base::Fault::unsupported, what}));
        return exit_wrong_card;
    }

    CardOptions options_;
    card::Challenge challenge_;
};

}  // namespace

std::unique_ptr<Verb> add_prove(CLI::App& app) {
    return std::make_unique<Prove>(*app.add_subcommand("prove", "Let the card answer a challenge, print its MAC_A"));
}

}  // namespace kazashi::card_tool
