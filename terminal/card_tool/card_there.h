// The readers of the PC/SC service, and the card that lies on one of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cardio/card/profile.h"
#include "cardio/reader/pcsc.h"

namespace CLI {
class App;
}

namespace kazashi::card_tool {

// `filter` is part of a reader's name; empty: every reader.
base::Result<std::vector<reader::ReaderWatch>> look(const reader::PcscContext& context, const std::string& filter);

struct CardThere {
    std::string reader;
    reader::PcscConnection connection;  // in a transaction
};
// The first one there is. not_found: nothing lies on a reader.
base::Result<CardThere> find_card(const reader::PcscContext& context, const std::string& filter);

// What the verbs that talk to a card have in common.
struct CardOptions {
    std::string reader;
    std::filesystem::path profiles;
    bool as_json{false};
    bool show{false};

    base::Result<std::vector<card::CardProfile>> load_profiles() const;  // none without a file
};
void add_card_options(CLI::App& verb, CardOptions& options);

}  // namespace kazashi::card_tool
