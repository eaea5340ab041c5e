// What the codes of one capsule are called, as far as the region's glossary knows.
#pragma once

#include "sync/model/capsule.h"
#include "sync/model/code_name.h"
#include "sync/store/store.h"
#include "sync/vault/capsule.h"

namespace kazashi::desk {

// Also empty when there is no glossary here, or none that opens.
std::vector<model::CodeName> names_for(const model::Capsule& capsule, store::Store& store,
                                       const std::vector<vault::CapsuleEpochKey>& keys);

}  // namespace kazashi::desk
