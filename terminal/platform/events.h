// What reached the window since the last look. Everything a person does goes on to Dear ImGui; the caller only learns
// that there was something. Main thread only, except wake().
//
// No press is lost: of several presses and releases that came at once, each gets a frame of its own.
#pragma once

#include <chrono>
#include <cstdint>

#include "terminal/platform/window.h"

namespace kazashi::platform {

struct Gathered {
    bool quit{false};     // the window was closed
    bool input{false};    // a finger, a pointer or a key
    bool exposed{false};  // the picture must be drawn again: shown, resized
};

class Events {
public:
    explicit Events(Window& window) : window_{window}, wake_type_{new_event_type()} {}

    // Sleeps until something comes, wake() is called or the time is up, then takes what there is, up to and including
    // the next press or release: the rest comes with the next call.
    Gathered wait(std::chrono::milliseconds timeout);
    void wake();  // from any thread

private:
    static std::uint32_t new_event_type();

    Window& window_;
    std::uint32_t wake_type_;
};

}  // namespace kazashi::platform
