#include "terminal/card_tool/read.h"

#include <CLI/CLI.hpp>

#include "terminal/card_tool/card_there.h"
#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

namespace {

constexpr const char* more = R"(OUTPUT
  reader, kind, and for a card of a region: chip, region, idm, number (masked without --show).
  kind is patient, staff, my_number, hpki, transit, money, bank, processor, storage, empty_lite_s,
  other_region, unknown or several. For an ID card tries_left says how often its PIN may be tried;
  asking does not spend a try. Reading proves nothing: see `kazashi-card prove`.

EXIT STATUS
  0  read, whatever card it is
  1  failure: a sentence on standard error says which
  2  the command line was not understood
  3  no card lies on a reader)";

class Read final : public Verb {
public:
    explicit Read(CLI::App& verb) : Verb{verb} {
        add_card_options(verb, options_);
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
        print(describe(there->reader, *sight, options_.show), options_.as_json);
        return exit_done;
    }

private:
    CardOptions options_;
};

}  // namespace

std::unique_ptr<Verb> add_read(CLI::App& app) {
    return std::make_unique<Read>(*app.add_subcommand("read", "Say what card lies on the reader"));
}

}  // namespace kazashi::card_tool
