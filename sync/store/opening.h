// From a path to a database that is ours, whole and of this program's version.
#pragma once

#include <filesystem>

#include "sync/store/database.h"

namespace kazashi::store {

// not_found, corrupt (moved aside; the detail is the new name) or unsupported, as Store::open promises.
Result<Database> open_database(const std::filesystem::path& file, bool create, const std::string& vfs);

}  // namespace kazashi::store
