// What reaches the main thread. Most are events of the state; the others are the application's own.
#pragma once

#include <variant>

#include "terminal/state/state.h"

namespace kazashi::app {

// The desk has opened the store; sync may open its own connection now.
struct DeskReady {};
// Trusted time as the desk's clock read it, and the boot clock of that moment.
struct TimeRead {
    base::UtcTime now;
    base::SteadyTime at;
};
// The desk has written to the ledger: what waits for a receipt now, before the next round says so.
struct LedgerCounted {
    store::LedgerCounts counts;
};
// The program was asked to end.
struct Quit {};

using Message = std::variant<state::Event, DeskReady, TimeRead, LedgerCounted, Quit>;

}  // namespace kazashi::app
