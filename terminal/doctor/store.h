// The terminal's store: every page of it, the ledger's chain and signatures, and the time it last knew.
#pragma once

#include <filesystem>

#include "cardio/base/clock.h"
#include "terminal/doctor/findings.h"

namespace kazashi::doctor {

struct StoreWays {
    std::filesystem::path state;  // of an enrolled terminal; nothing is found without
    const base::Clock* clock{};
    std::chrono::milliseconds patience{};
};

// store_ok{entries} · store_missing · store_damaged · store_newer · ledger_broken · store_unreadable · store_unfinished
// (a note) · clock_set_back{minutes}
Findings probe_store(const StoreWays& ways);

}  // namespace kazashi::doctor
