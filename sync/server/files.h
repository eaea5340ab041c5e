// Whole small files of the region's folder: keys, certificates, lists.
#pragma once

#include <filesystem>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/base/secret.h"

namespace kazashi::server {

// Durable (fsync) before it answers; replaces an existing file whole. Secret ones are readable by the owner only.
enum class FileMode { secret, open };
base::Status write_file(const std::filesystem::path& file, base::ByteView bytes, FileMode mode);
// limit when it is larger than `most`; not_found when absent.
base::Result<base::SecretBytes> read_file(const std::filesystem::path& file, std::size_t most);

}  // namespace kazashi::server
