// What was found out about a reader by trying, kept for as long as the reader is there. Its name is never asked: names
// carry suffixes, serial numbers and the spellings of operating systems (felica.md §8, 24).
#pragma once

#include <cstddef>
#include <optional>

#include "cardio/protocol/dialect.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/protocol/identiv.h"

namespace kazashi::reader {

struct ReaderTraits {
    std::optional<protocol::Dialect> dialect;
    protocol::ServiceOrder services{protocol::ServiceOrder::low_first};  // identiv
    std::size_t blocks{protocol::lite_s::max_read_blocks};  // per read: less where the reader's buffer is small
    std::optional<bool> polls{};  // identiv: whether FF 40 does what its makers say; none: not asked yet
    bool operator==(const ReaderTraits&) const = default;
};

}  // namespace kazashi::reader
