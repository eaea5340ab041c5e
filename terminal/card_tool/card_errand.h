// What `issue`, `verify` and `erase-demo` have in common: a terminal's folder, an order at its region, the card on the
// reader, and the ledger entry that says it was done here.
#pragma once

#include <functional>
#include <string>

#include "sync/engine/card_order.h"

namespace kazashi::card_tool {

struct ErrandOptions {
    std::string state;   // folder of an enrolled terminal that does not run now
    std::string reader;  // part of a reader's name
    engine::CardWish wish;
    int wait_s{60};  // for a card, and for one that was taken away
};

// Called before each turn with what is known; `put_back` when the card has to come first, `another` when it is another
// one that lies there then.
struct Progress {
    std::function<void(const engine::CardTurn&)> step;
    std::function<void()> put_back;
    std::function<void()> another{[] {}};
};

// Runs the order to its end. denied: another program holds the folder, or the region does not let this terminal.
// timeout: no card came, or not the same one again. not_found: no folder of an enrolled terminal.
base::Result<engine::CardTurn> run_errand(const ErrandOptions& options, const Progress& progress);

}  // namespace kazashi::card_tool
