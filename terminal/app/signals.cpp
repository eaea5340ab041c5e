#include "terminal/app/signals.h"

#include <csignal>
#include <utility>

namespace kazashi::app {

namespace {

sigset_t ending_signals() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGINT);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGHUP);
    return set;
}

}  // namespace

Signals::Signals(std::function<void()> asked_to_end) {
    const auto set = ending_signals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    thread_ = std::thread{[set, asked_to_end = std::move(asked_to_end)] {
        int signal = 0;
        ::sigwait(&set, &signal);
        asked_to_end();
    }};
}

// The thread waits for a signal; it gets one, if none came before.
Signals::~Signals() {
    ::pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
}

}  // namespace kazashi::app
