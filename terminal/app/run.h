// `kazashi run`: puts the parts together and runs the loop. Four treasures, four threads: main has the screen and the
// State, card the readers, store the Desk, sync the line to the region.
#pragma once

#include "terminal/app/options.h"

namespace kazashi::app {

// Returns when the window is closed or the program is asked to end. denied: see allowed() in options.h.
base::Status run(const RunOptions& options);

}  // namespace kazashi::app
