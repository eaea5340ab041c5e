// What a region's folder of an older program lacks, and no migration of tables can make: keys, and what they seal.
#pragma once

#include "sync/server/region.h"

namespace kazashi::server {

// Nothing when there is nothing to do. A policy an older program wrote, which could only be the default, becomes
// today's default; the first emergency epoch and the first capsule epoch begin, and with the latter a city hall may
// issue cards; everybody known enters the name index.
Status complete_region(Repository& repository, const RegionKeys& keys, model::UtcTime now);

}  // namespace kazashi::server
