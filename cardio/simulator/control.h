// The simulator's event loop: vpcd on one side, a Unix socket with orders on the other, one thread.
#pragma once

#include <filesystem>

#include "cardio/base/result.h"
#include "cardio/simulator/bench.h"

namespace kazashi::simulator {

// Serves until SIGTERM or SIGINT. The socket is made with mode 0600 and removed at the end; one JSON object per line,
// one line back for each.
base::Status run_bench(Bench& bench, const std::filesystem::path& control);

}  // namespace kazashi::simulator
