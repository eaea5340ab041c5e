// The file of `--profiles`.
#pragma once

#include <filesystem>
#include <vector>

#include "cardio/card/profile.h"

namespace kazashi::app {

// None without a file. Errors: io · limit · malformed, with table and field.
base::Result<std::vector<card::CardProfile>> read_profiles(const std::filesystem::path& file);

}  // namespace kazashi::app
