#include "terminal/platform/events.h"

#include <SDL.h>
#include <imgui.h>

#if __has_include(<backends/imgui_impl_sdl2.h>)
#include <backends/imgui_impl_sdl2.h>
#else
#include <backends/imgui_impl_sdl.h>
#endif

#include <algorithm>
#include <limits>

namespace kazashi::platform {

namespace {

void note_window(const SDL_WindowEvent& event, Gathered& gathered) {
    switch (event.event) {
        case SDL_WINDOWEVENT_SHOWN:
        case SDL_WINDOWEVENT_EXPOSED:
        case SDL_WINDOWEVENT_SIZE_CHANGED:
        case SDL_WINDOWEVENT_RESTORED:
            gathered.exposed = true;
            break;
        case SDL_WINDOWEVENT_CLOSE:
            gathered.quit = true;
            break;
        case SDL_WINDOWEVENT_LEAVE:
            gathered.input = true;
            break;  // what was under the pointer must look at rest again
        default:
            break;
    }
}

void note(const SDL_Event& event, Gathered& gathered) {
    switch (event.type) {
        case SDL_QUIT:
            gathered.quit = true;
            break;
        case SDL_WINDOWEVENT:
            note_window(event.window, gathered);
            break;
        case SDL_MOUSEMOTION:
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
        case SDL_MOUSEWHEEL:
        case SDL_KEYDOWN:
        case SDL_KEYUP:
            gathered.input = true;
            break;
        default:
            break;  // fingers come a second time, as a pointer
    }
}

Pointer at(int x, int y, bool down) { return {static_cast<float>(x), static_cast<float>(y), down}; }

Pointer moved(Pointer pointer, const SDL_Event& event) {
    switch (event.type) {
        case SDL_MOUSEMOTION:
            return at(event.motion.x, event.motion.y, pointer.down);
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            if (event.button.button != SDL_BUTTON_LEFT) return pointer;
            return at(event.button.x, event.button.y, event.type == SDL_MOUSEBUTTONDOWN);
        case SDL_WINDOWEVENT:
            return event.window.event == SDL_WINDOWEVENT_LEAVE && !pointer.down ? Pointer{} : pointer;
        default:
            return pointer;
    }
}

}  // namespace

std::uint32_t Events::new_event_type() { return SDL_RegisterEvents(1); }

Gathered Events::wait(std::chrono::milliseconds timeout) {
    const auto most = std::chrono::milliseconds{std::numeric_limits<int>::max()};
    const auto least = std::chrono::milliseconds{0};
    Gathered gathered;
    SDL_Event event;
    int more = SDL_WaitEventTimeout(&event, static_cast<int>(std::clamp(timeout, least, most).count()));
    for (; more != 0; more = SDL_PollEvent(&event)) {
        if (event.type == wake_type_) continue;
        ImGui_ImplSDL2_ProcessEvent(&event);
        window_.set_pointer(moved(window_.pointer(), event));
        note(event, gathered);
        if (event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_MOUSEBUTTONUP) break;
    }
    return gathered;
}

void Events::wake() {
    SDL_Event event{};
    event.type = wake_type_;
    SDL_PushEvent(&event);
}

}  // namespace kazashi::platform
