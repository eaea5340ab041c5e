// `kazashi rekey`: new keys for signing the ledger and for the line, in the place of those that are there. The old ones
// say so in the ledger and to the region; the facility key, which only staff cards open, stays.
//
// What is under way lies in STATE/rekeying: first the new keys and the request, then the region's certificate. Broken
// off before the certificate, the very same request is sent again; after it, the switch is finished. In between the
// terminal does not run: it would sign with a key the region may not know any more.
#pragma once

#include "sync/engine/engine.h"
#include "terminal/app/ledger_verbs.h"

namespace kazashi::app {

// denied: the terminal runs.
base::Status rekey(const RekeyOptions& options, const Say& say);

// The same over any line: `ask` brings the signed request to the region.
using AskForCertificate = std::function<base::Result<wire::RekeyAnswer>(base::ByteView signed_request)>;
base::Status rekey(const std::filesystem::path& state, const Say& say, engine::Region& region,
                   const AskForCertificate& ask);

// Before a terminal runs: finishes a switch that was broken off. out_of_order: the region's answer is missing.
base::Status settle_rekeying(const std::filesystem::path& state);

}  // namespace kazashi::app
