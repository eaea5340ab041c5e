// `kazashi ledger verify` and `kazashi ledger export`.
#pragma once

#include <functional>
#include <string_view>

#include "terminal/app/options.h"

namespace kazashi::app {

using Say = std::function<void(std::string_view)>;  // a sentence per step

// Says what the file holds. out_of_order, bad_signature: the first entry that is wrong is in the detail.
base::Status verify_ledger(const LedgerVerifyOptions& options, const Say& say);
base::Status export_ledger(const LedgerExportOptions& options, const Say& say);

}  // namespace kazashi::app
