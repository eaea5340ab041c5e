#include "terminal/card_tool/card_verb.h"

#include "terminal/app/card_profiles.h"

namespace kazashi::card_tool {

CardVerb::CardVerb(CLI::App& verb) : Verb{verb} { add_card_options(verb, options_); }

int CardVerb::run() {
    const auto profiles = app::read_profiles(options_.profiles);
    if (!profiles) return fail(profiles.error());
    auto there = find_card(options_.reader);
    if (!there) {
        const int code = fail(there.error());
        return there.fault() == base::Fault::not_found ? int{exit_no_card} : code;
    }
    const base::SystemClock clock;
    reader::Conversation talk{listen_in(there->connection), clock, std::nullopt};
    const auto sight = talk.identify(there->connection.atr(), std::nullopt, *profiles);
    if (!sight) return fail(in_words(sight.error()));
    return meet({talk, *sight, there->reader});
}

int CardVerb::prove(const Met& met, const card::Challenge& challenge, card::Proof& proof) {
    if (!std::holds_alternative<card::Identity>(met.sight)) return fail_for_card(kind_of(met.sight));
    auto proofs = met.talk.prove({challenge});
    if (!proofs && proofs.fault() == base::Fault::unsupported) return fail_for_card(kind_of(met.sight));
    if (!proofs) return fail(in_words(proofs.error()));
    proof = std::move(proofs->front());
    return exit_done;
}

}  // namespace kazashi::card_tool
