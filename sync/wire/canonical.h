// The check before the parser. nlohmann-json walks nested CBOR by recursion and takes any spelling of a value; outside
// bytes reach it only after this loop has seen that they are one value, shallow, and spelled the one way we spell it.
#pragma once

#include <optional>

#include "cardio/base/bytes.h"

namespace kazashi::wire {

// Exactly one value of: integers within int64, byte and text strings, arrays, maps with ascending text keys, true and
// false; definite lengths, shortest heads, nothing nested deeper than tuning::depth, nothing left over.
bool is_canonical(base::ByteView bytes);

// How long the first value is, by the same rules but for what follows it; nullopt when there is none.
std::optional<std::size_t> first_value_size(base::ByteView bytes);

}  // namespace kazashi::wire
