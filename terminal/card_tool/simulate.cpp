#include "terminal/card_tool/simulate.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "cardio/simulator/bench.h"
#include "cardio/simulator/control.h"
#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

namespace {

constexpr const char* on_a_line = "pn532-uart";

constexpr const char* more = R"(READERS
  acr1252     whole frames in FF 00 00 00, and the transparent session
  rcs300      transparent session FF C2, single blocks, PMm
  acr122u     a PN532 behind FF 00 00 00; acr122u-t0: its older firmware, answers fetched with FF C0;
              acr122u-64: a buffer of 64 octets, so that four blocks do not fit
  identiv     FF 42 … FF 4A; identiv-be: service codes with their high octet first
  plain       one block at a time and no frames, so that nothing can be proved
  pn532-uart  no PC/SC: a PN532 on a terminal line for libnfc. {"do":"list"} tells its path as "tty";
              libnfc opens it as pn532_uart:PATH

ORDERS
  One JSON object per line on the control socket, one back: {"ok":true, …} or {"ok":false,"error":…}.
  list · lay · lay_foreign · lay_blank · lay_standard · lay_id_card · take · fault · reader ·
  id_card_roots · dump · trace. Their fields: cardio/simulator/bench.h; faults: cardio/simulator/disturbance.h.

FILES
  CARDS  {"cards":[{"name","kind","label","idm","id","s_pad0","ck","ckv","pmm","pads"}, …]}
  DIR    keys and certificates of the test authorities behind ID cards (PEM), made when they are
         first wanted. They belong to nobody.

EXIT STATUS
  0  ended by TERM or INT
  1  failure: a sentence on standard error says which
  2  the command line was not understood

EXAMPLE
  packaging/virtual-reader /run/virtual -- kazashi-card simulate --reader rcs300 \
      --cards cards.json --control /run/virtual/control &
  echo '{"do":"lay","card":"patient-0000000001"}' | nc -U /run/virtual/control)";

std::vector<std::string> reader_names() {
    std::vector<std::string> out;
    for (const auto kind : simulator::all_readers) out.emplace_back(name(kind));
    out.emplace_back(on_a_line);
    return out;
}

std::vector<std::string> dialect_names() {
    std::vector<std::string> out;
    for (const auto dialect : protocol::all_dialects) out.emplace_back(protocol::name(dialect));
    return out;
}

class Simulate final : public Verb {
public:
    explicit Simulate(CLI::App& verb) : Verb{verb} {
        verb.add_option("--cards", cards_, "File of card images")->type_name("CARDS")->required();
        verb.add_option("--control", control_, "Unix socket to be made for orders, for its owner only")
            ->type_name("SOCKET")
            ->required();
        auto* const reader = verb.add_option("--reader", reader_, "The reader to be played")
                                 ->type_name("READER")
                                 ->check(CLI::IsMember(reader_names()).description(""))
                                 ->capture_default_str();
        verb.add_option("--dialect", dialect_, "Instead of --reader: one that speaks this")
            ->type_name("DIALECT")
            ->check(CLI::IsMember(dialect_names()).description(""))
            ->excludes(reader);
        verb.add_option("--vpcd", vpcd_, "Where the virtual reader listens")
            ->type_name("ADDRESS")
            ->check([](const std::string& text) {
                return simulator::parse_address(text) ? "" : "is not an address such as 127.0.0.1:35963";
            })
            ->capture_default_str();
        verb.add_option("--authority", authority_, "Where the keys of ID cards stay; only in memory if not said")
            ->type_name("DIR");
        verb.add_option("--air", air_, "Answer as late as on air: 212 or 424 kbps and the card's own time")
            ->type_name("KBPS")
            ->check(CLI::IsMember({212U, 424U}).description(""));
        verb.add_option("--usb-latency", usb_, "Add this to every APDU, such as 3ms or 500us")
            ->type_name("TIME")
            ->check([](const std::string& text) {
                return simulator::parse_latency(text) ? "" : "is not a time such as 3ms";
            });
        verb.footer(more);
    }
    int run() override {
        auto images = simulator::load_images(cards_);
        if (!images) {
            static_cast<void>(fail(images.error()));
            return exit_failed;
        }
        auto bench = simulator::Bench::make(std::move(*images), options());
        if (!bench) return fail(bench.error());
        const auto ended = simulator::run_bench(*bench, control_);
        return ended ? int{exit_done} : fail(ended.error());
    }

private:
    simulator::BenchOptions options() const {
        simulator::BenchOptions out;
        out.reader = simulator::reader_named(reader_);  // none: on a line
        if (!dialect_.empty()) out.reader = simulator::reader_speaking(*protocol::dialect_named(dialect_));
        out.vpcd = *simulator::parse_address(vpcd_);
        out.air.kbps = air_;
        if (!usb_.empty()) out.air.usb = *simulator::parse_latency(usb_);
        out.authority = authority_;
        return out;
    }

    std::string cards_;
    std::string control_;
    std::string reader_{"acr1252"};
    std::string dialect_;
    std::string vpcd_{"127.0.0.1:35963"};
    std::string authority_;
    unsigned air_{0};
    std::string usb_;
};

}  // namespace

std::unique_ptr<Verb> add_simulate(CLI::App& app) {
    return std::make_unique<Simulate>(*app.add_subcommand("simulate", "Play a reader and the cards on it"));
}

}  // namespace kazashi::card_tool
