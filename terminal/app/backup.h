// `kazashi backup` and `kazashi restore`: a copy of the store, as sealed as the store itself, and its way back.
#pragma once

#include "terminal/app/ledger_verbs.h"

namespace kazashi::app {

// Also while the terminal runs. denied: there is such a file already.
base::Status backup(const BackupOptions& options, const Say& say);
// The store that is there is kept beside it. denied: the terminal runs, or the copy is another terminal's.
base::Status restore(const RestoreOptions& options, const Say& say);

}  // namespace kazashi::app
