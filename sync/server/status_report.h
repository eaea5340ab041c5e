// `kazashi-region status`: what the region holds, in numbers, and its grants. No names, no patients.
#pragma once

#include <string>

#include "sync/server/repository.h"

namespace kazashi::server {

Result<std::string> status_json(Repository& repository);

}  // namespace kazashi::server
