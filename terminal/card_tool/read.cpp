#include "terminal/card_tool/read.h"

#include <CLI/CLI.hpp>

#include "terminal/card_tool/card_verb.h"

namespace kazashi::card_tool {

namespace {

constexpr const char* more = R"(OUTPUT
  reader, kind, and for a card of a region: chip, region, idm, number (masked without --show).
  kind is patient, staff, my_number, hpki, transit, money, bank, processor, storage, empty_lite_s,
  other_region, unknown or several. For an ID card tries_left says how often its PIN may be tried;
  asking does not spend a try. Reading proves nothing: see `kazashi-card prove`.

EXIT STATUS
  0  read, whatever card it is
  1  failure: no PC/SC service, no reader, a card taken away or held by another program …: a sentence on
     standard error says which
  2  the command line was not understood
  3  no card lies on a reader)";

class Read final : public CardVerb {
public:
    explicit Read(CLI::App& verb) : CardVerb{verb} { verb.footer(more); }

private:
    int meet(const Met& met) override {
        print(describe(met.reader, met.sight, options().show), options().as_json);
        return exit_done;
    }
};

}  // namespace

std::unique_ptr<Verb> add_read(CLI::App& app) {
    return std::make_unique<Read>(*app.add_subcommand("read", "Say what card lies on the reader"));
}

}  // namespace kazashi::card_tool
