#include "terminal/card_tool/trace.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "terminal/card_tool/apdu_mask.h"
#include "terminal/card_tool/card_there.h"
#include "terminal/card_tool/challenge_option.h"
#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

namespace {

using nlohmann::json;

constexpr const char* more =
    R"(Does what `kazashi-card read` does, and with --challenge what `prove` does, and prints every APDU with
the time its answer took. What must not be seen is printed as "··" and the number of octets:
  always          a PIN; everything from the write of a challenge to its MAC; a card key
  without --show  the IDm, the contents of blocks, certificates and signatures of ID cards

OUTPUT
  > command, < answer and milliseconds; at the end what `read` prints.
  --json: {"apdus":[{"sent","received","ms"}, …], "card":{…}}

EXIT STATUS
  as `kazashi-card prove`)";

// Passes APDUs on and writes down what may be seen of them.
class TracedLink final : public reader::ApduLink {
public:
    TracedLink(reader::ApduLink& link, bool show) : link_{link}, mask_{show} {}

    base::Result<base::Bytes> transmit(base::ByteView apdu) override {
        using Milliseconds = std::chrono::duration<double, std::milli>;
        json line{{"sent", mask_.command(apdu)}};
        const auto begun = std::chrono::steady_clock::now();
        auto answer = link_.transmit(apdu);
        line["ms"] = Milliseconds{std::chrono::steady_clock::now() - begun}.count();
        line["received"] = answer ? mask_.answer(*answer) : std::string{base::name(answer.fault())};
        lines_.push_back(std::move(line));
        return answer;
    }
    const json& lines() const { return lines_; }

private:
    reader::ApduLink& link_;
    ApduMask mask_;
    json lines_ = json::array();
};

class Trace final : public Verb {
public:
    explicit Trace(CLI::App& verb) : Verb{verb} {
        add_card_options(verb, options_);
        challenged_ = add_challenge(verb, challenge_);
        verb.footer(more);
    }
    int run() override {
        const auto profiles = options_.load_profiles();
        if (!profiles) return fail(profiles.error());
        const auto context = reader::PcscContext::establish();
        if (!context) return fail(context.error());
        auto there = find_card(*context, options_.reader);
        if (!there) return fail(there.error());
        TracedLink link{there->connection, options_.show};
        json card;
        const int code = talk(link, *there, *profiles, card);
        tell(link.lines(), card);
        return code;
    }

private:
    // A failure is told after the APDUs that led to it.
    int talk(TracedLink& link, const CardThere& there, const std::vector<card::CardProfile>& profiles, json& card) {
        const base::SystemClock clock;
        reader::Conversation talk{link, clock, std::nullopt};
        const auto sight = talk.identify(there.connection.atr(), std::nullopt, profiles);
        if (!sight) return fail(sight.error());
        card = describe(there.reader, *sight, options_.show);
        if (challenged_->count() == 0) return exit_done;
        if (!std::holds_alternative<card::Identity>(*sight)) return exit_wrong_card;
        const auto proofs = talk.prove({challenge_});
        if (!proofs && proofs.fault() == base::Fault::unsupported) return exit_wrong_card;
        return proofs ? int{exit_done} : fail(proofs.error());
    }
    void tell(const json& lines, const json& card) const {
        if (options_.as_json) return print({{"apdus", lines}, {"card", card}}, true);
        for (const auto& line : lines)
            fmt::print("> {}\n< {}  {:.1f} ms\n", line.at("sent").get<std::string>(),
                       line.at("received").get<std::string>(), line.at("ms").get<double>());
        print(card, false);
    }

    CardOptions options_;
    card::Challenge challenge_;
    CLI::Option* challenged_{nullptr};
};

}  // namespace

std::unique_ptr<Verb> add_trace(CLI::App& app) {
    return std::make_unique<Trace>(
        *app.add_subcommand("trace", "Print the APDUs of a read or a proof, secrets masked"));
}

}  // namespace kazashi::card_tool
