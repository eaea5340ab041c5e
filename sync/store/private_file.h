// Small files of the state folder: readable by their owner only, written whole or not at all.
#pragma once

#include <filesystem>

#include "cardio/base/result.h"
#include "cardio/base/secret.h"

namespace kazashi::store {

// 0600; under a temporary name, to the disk, then renamed: a power cut leaves the old file or the new one.
base::Status write_private_file(const std::filesystem::path& file, base::ByteView bytes);

// Brings a private file that is there whole to the disk, and then to its name.
base::Status place_private_file(const std::filesystem::path& temporary, const std::filesystem::path& file);

// denied when group or others may do anything with it; limit when it is too large to be one of ours.
base::Result<base::SecretBytes> read_private_file(const std::filesystem::path& file);

}  // namespace kazashi::store
