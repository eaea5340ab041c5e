#include "terminal/card_tool/card_there.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>

namespace kazashi::card_tool {

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

base::Result<std::vector<card::CardProfile>> CardOptions::load_profiles() const {
    if (profiles.empty()) return std::vector<card::CardProfile>{};
    std::ifstream in{profiles, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) return base::Error{base::Fault::io, "the file of card profiles"};
    return card::parse_profiles(text);
}

void add_card_options(CLI::App& verb, CardOptions& options) {
    verb.add_option("--reader", options.reader, "Part of the reader's name; any reader if not said")->type_name("NAME");
    verb.add_option("--profiles", options.profiles, "Card profiles (TOML) of a region's older cards")
        ->type_name("FILE")
        ->check(CLI::ExistingFile.description(""));
    verb.add_flag("--json", options.as_json, "Print one JSON object");
    verb.add_flag("--show", options.show, "Print IDm and number instead of masks that change with each run");
}

}  // namespace kazashi::card_tool
