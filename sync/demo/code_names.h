// What the codes on the town's cards are called, as the region's operator loads it (kazashi-region names).
#pragma once

#include <filesystem>
#include <string>

#include "sync/demo/town.h"

namespace kazashi::demo {

// names.toml of the tables as it stands, and behind it the town's hospitals and clinics by their numbers.
// malformed: a code some card could carry has no name in it, or none in English.
base::Result<std::string> code_names(const std::filesystem::path& folder, const Tables& tables, const Town& town);

}  // namespace kazashi::demo
