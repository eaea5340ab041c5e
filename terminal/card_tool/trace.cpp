#include "terminal/card_tool/trace.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "terminal/card_tool/apdu_mask.h"
#include "terminal/card_tool/card_verb.h"
#include "terminal/card_tool/challenge_option.h"

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

class Trace final : public CardVerb {
public:
    explicit Trace(CLI::App& verb) : CardVerb{verb} {
        challenged_ = add_challenge(verb, challenge_);
        verb.footer(more);
    }
    // A failure is told before the APDUs that led to it, which are printed all the same.
    int run() override {
        const int code = CardVerb::run();
        if (link_) tell();
        return code;
    }

private:
    reader::ApduLink& listen_in(reader::ApduLink& link) override { return link_.emplace(link, options().show); }
    int meet(const Met& met) override {
        card_ = describe(met.reader, met.sight, options().show);
        card::Proof proof;
        return challenged_->count() == 0 ? int{exit_done} : prove(met, challenge_, proof);
    }
    void tell() const {
        const auto& lines = link_->lines();
        if (options().as_json) return print({{"apdus", lines}, {"card", card_}}, true);
        for (const auto& line : lines)
            fmt::print("> {}\n< {}  {:.1f} ms\n", line.at("sent").get<std::string>(),
                       line.at("received").get<std::string>(), line.at("ms").get<double>());
        print(card_, false);
    }

    std::optional<TracedLink> link_;
    json card_;
    card::Challenge challenge_;
    CLI::Option* challenged_{nullptr};
};

}  // namespace

std::unique_ptr<Verb> add_trace(CLI::App& app) {
    return std::make_unique<Trace>(
        *app.add_subcommand("trace", "Print the APDUs of a read or a proof, secrets masked"));
}

}  // namespace kazashi::card_tool
