// SIGINT and SIGTERM end the program in good order: on a thread of its own, because hardly anything may be called from
// a signal handler. Made before any other thread, so that all of them leave these signals alone.
#pragma once

#include <functional>
#include <thread>

namespace kazashi::app {

class Signals {
public:
    // `asked_to_end` is called from the thread, at most once.
    explicit Signals(std::function<void()> asked_to_end);
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

private:
    std::thread thread_;
};

}  // namespace kazashi::app
