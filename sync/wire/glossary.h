// The glossary as it stands inside a model::Glossary: CBOR, then zstd, then sealed under the capsule key.
#pragma once

#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "sync/model/code_name.h"

namespace kazashi::wire {

base::Bytes encode_glossary(const std::vector<model::CodeName>& names);
// malformed, limit.
base::Result<std::vector<model::CodeName>> decode_glossary(base::ByteView bytes);

}  // namespace kazashi::wire
