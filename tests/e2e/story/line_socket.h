// A Unix stream socket that speaks one JSON object per line: the terminal's inspector, the simulator's control.
#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cardio/base/result.h"

namespace kazashi::story {

using base::Result;
using base::Status;
using std::chrono::milliseconds;

class LineSocket {
public:
    // Tries until the socket is there and accepts, or the time is up.
    static Result<LineSocket> connect(const std::filesystem::path& path, milliseconds patience);
    ~LineSocket();
    LineSocket(LineSocket&& other) noexcept;
    LineSocket& operator=(LineSocket&& other) noexcept;

    Status send(const nlohmann::json& object);
    Result<nlohmann::json> receive(milliseconds patience);  // timeout, malformed, offline (the other side is gone)

private:
    explicit LineSocket(int fd) : fd_{fd} {}
    int fd_{-1};
    std::string buffer_;
};

}  // namespace kazashi::story
