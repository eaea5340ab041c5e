// The readers of the PC/SC service, and the card that lies on one of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cardio/reader/pcsc.h"

namespace CLI {
class App;
}

namespace kazashi::card_tool {

struct Readers {
    std::vector<reader::ReaderWatch> watches;
    bool others{false};  // that have another name
};
// `filter` is part of a reader's name; empty: every reader. Errors, here and below, are sentences (tell.h).
base::Result<Readers> look(const std::string& filter);
const char* why_none(const Readers& readers);  // of a look without watches

struct CardThere {
    std::string reader;
    reader::PcscContext context;
    reader::PcscConnection connection;  // in a transaction
};
// The first one there is. reader_off: no service, or no reader. not_found: nothing lies on one. reader_busy: another
// program has the card, and did not let go of it within 3 s.
base::Result<CardThere> find_card(const std::string& filter);

// What the verbs that talk to a card have in common.
struct CardOptions {
    std::string reader;
    std::filesystem::path profiles;
    bool as_json{false};
    bool show{false};
};
void add_card_options(CLI::App& verb, CardOptions& options);

}  // namespace kazashi::card_tool
