// What a test or a demonstration may see of the terminal: a Unix socket (0600) on which every shown frame is a line of
// JSON (frame_line.h). Only terminals of a demonstration region have one: it tells what the screen tells.
//
// The socket has a thread of its own. show() never waits for a client; one that does not read is dropped.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "cardio/base/result.h"

namespace kazashi::app {

class Inspector {
public:
    // io when the socket cannot be made, limit when the path is too long for one.
    static base::Result<std::unique_ptr<Inspector>> listen(const std::filesystem::path& socket);
    ~Inspector();  // removes the socket
    Inspector(const Inspector&) = delete;
    Inspector& operator=(const Inspector&) = delete;

    // After the swap. A client that connects later is told the last one first.
    void show(std::string frame);
    // Before the swap of the first frame of `screen`: if a client asked for it, it is told, and has some seconds to
    // look at the world before this frame is seen.
    void hold(std::string_view screen);

private:
    struct Parts;
    explicit Inspector(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::app
