// kazashi-card: the card bench tool. Lists readers, reads and proves the card that lies there, plays virtual cards.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cardio/base/log.h"
#include "cardio/reader/conversation.h"
#include "cardio/reader/pcsc.h"
#include "cardio/simulator/bench.h"
#include "cardio/simulator/control.h"

namespace {

using namespace kazashi;
using nlohmann::json;

constexpr int failed = 1;
constexpr int usage = 2;

int fail(const base::Error& error) {
    fmt::print(stderr, "kazashi-card: {}: {}\n", base::name(error.fault), error.detail);
    return failed;
}

struct CardThere {
    std::string reader;
    reader::PcscConnection connection;
};

base::Result<std::vector<reader::ReaderWatch>> look(const reader::PcscContext& context, const std::string& filter) {
    KAZASHI_TRY(auto names, context.readers());
    std::vector<reader::ReaderWatch> watches;
    for (auto& name : names)
        if (name.find(filter) != std::string::npos) watches.push_back({std::move(name), 0});
    if (!watches.empty()) KAZASHI_CHECK(context.wait(watches, std::chrono::milliseconds{0}));
    return watches;
}

base::Result<CardThere> find_card(const reader::PcscContext& context, const std::string& filter) {
    KAZASHI_TRY(const auto watches, look(context, filter));
    for (const auto& watch : watches) {
        if (!watch.present()) continue;
        KAZASHI_TRY(auto connection, reader::PcscConnection::open(context, watch.name));
        KAZASHI_CHECK(connection.begin_transaction());
        return CardThere{watch.name, std::move(connection)};
    }
    return base::Error{base::Fault::not_found, "no card on a reader"};
}

const char* kind_of(const reader::Sight& sight) {
    if (std::holds_alternative<reader::Several>(sight)) return "several";
    if (const auto* identity = std::get_if<card::Identity>(&sight))
        return identity->record.kind == card::CardKind::patient ? "patient" : "staff";
    switch (std::get<card::ForeignCard>(sight)) {
        case card::ForeignCard::transit:
            return "transit";
        case card::ForeignCard::bank:
            return "bank";
        case card::ForeignCard::money:
            return "money";
        case card::ForeignCard::processor:
            return "processor";
        case card::ForeignCard::storage:
            return "storage";
        case card::ForeignCard::empty_lite_s:
            return "empty_lite_s";
        case card::ForeignCard::other_region:
            return "other_region";
        case card::ForeignCard::unknown:
            return "unknown";
    }
    return "unknown";
}

void print(const json& object, bool as_json) {
    if (as_json) {
        fmt::print("{}\n", object.dump());
        return;
    }
    for (const auto& [key, value] : object.items())
        fmt::print("{}: {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
}

struct Options {
    std::string reader;
    bool as_json{false};
    bool show{false};
    std::string challenge;
    std::string cards;
    std::string control;
    std::string vpcd{"127.0.0.1:35963"};
    std::string dialect{"direct"};
};

int list(const Options& options) {
    const auto context = reader::PcscContext::establish();
    if (!context) return fail(context.error());
    const auto watches = look(*context, options.reader);
    if (!watches) return fail(watches.error());
    json out = json::array();
    for (const auto& watch : *watches) out.push_back({{"reader", watch.name}, {"card", watch.present()}});
    if (options.as_json) {
        fmt::print("{}\n", json{{"readers", out}}.dump());
        return 0;
    }
    for (const auto& watch : *watches) fmt::print("{}  {}\n", watch.present() ? "card " : "empty", watch.name);
    return 0;
}

// What identifies a person is shown only on demand.
json describe(const std::string& reader_name, const reader::Sight& sight, bool show) {
    json out{{"reader", reader_name}, {"kind", kind_of(sight)}};
    const auto* identity = std::get_if<card::Identity>(&sight);
    if (!identity) return out;
    out["region"] = identity->record.region;
    out["idm"] = show ? base::to_hex(identity->idm.view()) : base::masked(identity->idm.view());
    out["number"] = show ? identity->record.number : base::masked(base::as_bytes(identity->record.number));
    return out;
}

int read(const Options& options) {
    const base::SystemClock clock;
    const auto context = reader::PcscContext::establish();
    if (!context) return fail(context.error());
    auto there = find_card(*context, options.reader);
    if (!there) return fail(there.error());
    reader::Conversation talk{there->connection, clock, std::nullopt};
    const auto sight = talk.identify(there->connection.atr(), std::nullopt);
    if (!sight) return fail(sight.error());
    print(describe(there->reader, *sight, options.show), options.as_json);
    return 0;
}

int prove(const Options& options) {
    const auto octets = base::from_hex(options.challenge);
    if (!octets || octets->size() != card::Challenge::size) {
        fmt::print(stderr, "kazashi-card: a challenge has 32 hexadecimal digits\n");
        return usage;
    }
    card::Challenge challenge;
    std::copy(octets->begin(), octets->end(), challenge.bytes.begin());
    const base::SystemClock clock;
    const auto context = reader::PcscContext::establish();
    if (!context) return fail(context.error());
    auto there = find_card(*context, options.reader);
    if (!there) return fail(there.error());
    reader::Conversation talk{there->connection, clock, std::nullopt};
    const auto sight = talk.identify(there->connection.atr(), std::nullopt);
    if (!sight) return fail(sight.error());
    if (!std::holds_alternative<card::Identity>(*sight)) return fail({base::Fault::unsupported, kind_of(*sight)});
    const auto proofs = talk.prove({challenge});
    if (!proofs) return fail(proofs.error());
    print({{"challenge", base::to_hex(challenge.view())}, {"mac_a", base::to_hex(proofs->front().view())}},
          options.as_json);
    return 0;
}

int simulate(const Options& options) {
    const auto address = simulator::parse_address(options.vpcd);
    if (!address) {
        fmt::print(stderr, "kazashi-card: --vpcd takes an address like 127.0.0.1:35963\n");
        return usage;
    }
    auto cards = simulator::load_images(options.cards);
    if (!cards) return fail(cards.error());
    const auto dialect = protocol::dialect_named(options.dialect);
    if (!dialect) return usage;
    auto bench = simulator::Bench::make(std::move(*cards), {simulator::reader_speaking(*dialect), *address});
    if (!bench) return fail(bench.error());
    const auto ended = simulator::run_bench(*bench, options.control);
    return ended ? 0 : fail(ended.error());
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The card bench tool of Kazashi: real readers, real and virtual FeliCa Lite-S cards."};
    app.set_version_flag("--version", KAZASHI_VERSION);
    app.require_subcommand(1);
    Options options;
    auto* const list_command = app.add_subcommand("list", "List the readers and whether a card lies there");
    auto* const read_command = app.add_subcommand("read", "Say what card lies on the reader");
    auto* const prove_command = app.add_subcommand("prove", "Let the card answer a challenge, print its MAC_A");
    auto* const simulate_command = app.add_subcommand("simulate", "Play virtual cards on a vpcd reader");
    for (auto* const command : {list_command, read_command, prove_command}) {
        command->add_option("--reader", options.reader, "Part of the reader's name; any reader without it");
        command->add_flag("--json", options.as_json, "Print JSON");
    }
    read_command->add_flag("--show", options.show, "Print IDm and number instead of masks that change with each run");
    prove_command->add_option("--challenge", options.challenge, "RC, 32 hexadecimal digits")->required();
    simulate_command->add_option("--cards", options.cards, "File of card images")->required();
    simulate_command->add_option("--control", options.control, "Unix socket to be made for orders")->required();
    simulate_command->add_option("--vpcd", options.vpcd, "Where the virtual reader listens")->capture_default_str();
    simulate_command->add_option("--dialect", options.dialect, "What the reader understands")
        ->check(CLI::IsMember({"direct", "transparent"}))
        ->capture_default_str();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : usage;
    }
    if (*list_command) return list(options);
    if (*read_command) return read(options);
    if (*prove_command) return prove(options);
    return simulate(options);
}
