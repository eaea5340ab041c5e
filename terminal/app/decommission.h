// `kazashi decommission`: the end of a terminal. The last entry of its ledger says so, the region signs for it, and
// then everything here is wiped. What is left is the region's receipt.
#pragma once

#include "terminal/app/ledger_verbs.h"

namespace kazashi::app {

// `confirm` is asked with the terminal's id unless --yes was said. denied: not confirmed, or the terminal runs.
// offline: nothing is wiped before the region has signed; ask again when the line is there.
using Confirm = std::function<bool(const std::string& terminal)>;
base::Status decommission(const DecommissionOptions& options, const Say& say, const Confirm& confirm);

// The part between line and disk, for `region` as it is.
base::Status decommission(const DecommissionOptions& options, const Say& say, const store::Enrolment& enrolment,
                          engine::Region& region);

}  // namespace kazashi::app
