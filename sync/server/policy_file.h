// The policy as a file people read and write: TOML, or JSON of the same names.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sync/server/region.h"

namespace kazashi::server {

std::string policy_json(const model::Policy& policy);

// The policy that follows `current`: what the text names is changed, the rest stays, the version is the next.
// malformed, with a sentence that names the place: not TOML or JSON, a name nobody knows, a value of another kind, or
// rules that contradict each other. A version in it must be the current one: whoever edited an older one is told.
// The certificates of id_card_roots are PEM, or names of PEM files in `folder`.
Result<model::Policy> changed_policy(const model::Policy& current, std::string_view text,
                                     const std::filesystem::path& folder);

// Takes it, into the feed. Who may break the glass and what it opens may have changed: then a new emergency epoch
// begins.
Status take_policy(Records& records, const RegionKeys& keys, const model::Policy& policy, model::UtcTime now);

}  // namespace kazashi::server
