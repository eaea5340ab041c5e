// One client of the inspector: lines in, lines out, never blocking. Used by the inspector's thread under its lock.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "terminal/app/descriptor.h"

namespace kazashi::app {

using Line = std::shared_ptr<const std::string>;

class InspectorClient {
public:
    explicit InspectorClient(Descriptor socket) : socket_{std::move(socket)} {}

    int fd() const { return socket_.get(); }
    bool gone() const { return gone_; }
    bool has_to_write() const { return !out_.empty(); }

    void queue(Line line);  // a client that has stopped reading is gone
    void write();
    void read();
    std::optional<std::string> take_line();

private:
    Descriptor socket_;
    std::deque<Line> out_;
    std::size_t written_{0};  // of the first line
    std::string in_;
    bool gone_{false};
};

}  // namespace kazashi::app
