// A copy of a store that is in use.
#pragma once

#include <filesystem>

#include "sync/store/database.h"

namespace kazashi::store {

// As Store::backup promises.
Status back_up(Database& database, const std::filesystem::path& file);

}  // namespace kazashi::store
