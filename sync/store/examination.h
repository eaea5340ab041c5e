// Examines a store without changing it: nothing is moved aside, made or migrated, and the terminal may be running.
#pragma once

#include <chrono>

#include "sync/model/trusted_clock.h"
#include "sync/store/enrolment.h"

namespace kazashi::store {

struct Examination {
    enum class Verdict {
        whole,
        missing,
        damaged,        // SQLite's own check of every page, or not a store of ours
        newer,          // written by a newer version of the program
        ledger_broken,  // an entry does not follow its predecessor, or is not signed by this terminal
        unreadable,     // the file cannot be opened or read
        unfinished,     // too large to be examined in this time; nothing wrong so far
    };
    Verdict verdict{};
    std::string detail;
    std::int64_t entries{};  // of the ledger
    std::optional<model::ClockMark> mark;
};
Examination examine(const Enrolment& enrolment, std::chrono::milliseconds most);

}  // namespace kazashi::store
