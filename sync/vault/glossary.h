// What codes are called, sealed for the terminals that read capsules (model::Glossary).
#pragma once

#include <vector>

#include "sync/vault/capsule.h"

namespace kazashi::vault {

// Under a key of its own, made from the capsule key. `about.sealed` is not read.
Bytes seal_glossary(const CapsuleEpochKey& key, const model::Glossary& about, ByteView compressed);
// denied "capsule_epoch N": none of the keys is of its epoch. wrong_key: the key of that epoch is not, or it is another
// version's.
Result<base::SecretBytes> open_glossary(const std::vector<CapsuleEpochKey>& keys, const model::Glossary& glossary);

}  // namespace kazashi::vault
