// GET /fhir/metadata: what this server takes, and nothing it does not.
#pragma once

#include <string>

#include "sync/model/ids.h"

namespace kazashi::server {

std::string capability_statement(const std::string& region_name, model::UtcTime now);

}  // namespace kazashi::server
