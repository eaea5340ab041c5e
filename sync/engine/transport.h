// Bytes to the region and back. The real one is CurlTransport; tests script one.
#pragma once

#include <string>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::engine {

using base::Bytes;
using base::ByteView;
using base::Result;

// Faults: offline when there was no whole answer, denied when the region does not know us, wrong_key when somebody else
// answers in its place, limit beyond `most` bytes, cancelled, server_fault for every other status.
class Transport {
public:
    virtual ~Transport() = default;
    virtual Result<Bytes> get(const std::string& path, std::size_t most) = 0;
    virtual Result<Bytes> post(const std::string& path, ByteView body, std::size_t most) = 0;
};

}  // namespace kazashi::engine
