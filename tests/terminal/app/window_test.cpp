// A real window, real GL and real SDL events, drawn where nobody sees it.
#include "terminal/platform/window.h"

#include <SDL.h>
#include <imgui.h>
#include <stdlib.h>

#include "terminal/platform/drag_scroll.h"
#include "terminal/platform/events.h"
#include "tests/catch.h"

// GCC says it in a macro, Clang as a feature.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KAZASHI_LEAKS_ARE_LOOKED_FOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define KAZASHI_LEAKS_ARE_LOOKED_FOR
#endif
#if defined(KAZASHI_LEAKS_ARE_LOOKED_FOR)
#include <sanitizer/lsan_interface.h>
#endif

using namespace kazashi;
using namespace std::chrono_literals;

namespace {

void push_button(bool down, int x, int y) {
    SDL_Event event{};
    event.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP;
    event.button.button = SDL_BUTTON_LEFT;
    event.button.state = down ? SDL_PRESSED : SDL_RELEASED;
    event.button.x = x;
    event.button.y = y;
    SDL_PushEvent(&event);
}
void push_motion(int x, int y) {
    SDL_Event event{};
    event.type = SDL_MOUSEMOTION;
    event.motion.x = x;
    event.motion.y = y;
    SDL_PushEvent(&event);
}

// What a graphics driver does not give back when it is unloaded is not ours to report.
struct LeaksOfDrivers {
#if defined(KAZASHI_LEAKS_ARE_LOOKED_FOR)
    LeaksOfDrivers() { __lsan_disable(); }
    ~LeaksOfDrivers() { __lsan_enable(); }
    LeaksOfDrivers(const LeaksOfDrivers&) = delete;
    LeaksOfDrivers& operator=(const LeaksOfDrivers&) = delete;
#endif
};

struct Glass {
    [[maybe_unused]] LeaksOfDrivers forgiven{};
    std::unique_ptr<platform::Window> window = open();
    platform::Events events{*window};
    platform::DragScroll drag;
    int presses{0};
    float scrolled{0};

    static std::unique_ptr<platform::Window> open() {
        ::setenv("SDL_VIDEODRIVER", "offscreen", 1);
        auto opened = platform::Window::open({"test", 1280, 800, false});
        REQUIRE(opened);
        ImGui::GetIO().Fonts->AddFontDefault();
        ImGui::GetIO().Fonts->Build();
        return std::move(*opened);
    }
    // One button at 100,100 in an area that is three times as tall as the window.
    void frame() {
        window->begin_frame();
        drag.apply();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({1280, 800});
        ImGui::Begin("all", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        ImGui::SetCursorPos({100, 100});
        presses += ImGui::Button("press", {200, 200}) ? 1 : 0;
        ImGui::SetCursorPos({100, 2400});
        ImGui::Dummy({10, 10});
        scrolled = ImGui::GetScrollY();
        ImGui::End();
        window->end_frame();
        window->paint({});
        window->swap();
    }
    void turns(int most) {
        for (int i = 0; i < most; ++i) {
            events.wait(0ms);
            frame();
        }
    }
};

}  // namespace

TEST_CASE("events: presses that come all at once all count") {
    Glass glass;
    glass.turns(3);
    for (int i = 0; i < 4; ++i) {
        push_button(true, 200, 200);
        push_button(false, 200, 200);
    }
    glass.turns(30);
    CHECK(glass.presses == 4);
}

TEST_CASE("events: waking from another place ends the wait and draws nothing") {
    Glass glass;
    glass.turns(3);
    glass.events.wake();
    const auto gathered = glass.events.wait(10s);
    CHECK_FALSE(gathered.input);
    CHECK_FALSE(gathered.quit);
}

TEST_CASE("drag scroll: a dragging finger scrolls and presses nothing") {
    Glass glass;
    glass.turns(3);
    push_button(true, 200, 250);
    glass.turns(3);
    for (int y = 250; y >= 130; y -= 10) {
        push_motion(200, y);
        glass.turns(2);
    }
    push_button(false, 200, 130);
    glass.turns(6);
    CHECK(glass.presses == 0);
    CHECK(glass.scrolled > 80);
    CHECK(glass.scrolled < 140);
}

TEST_CASE("drag scroll: a trembling finger still presses") {
    Glass glass;
    glass.turns(3);
    push_button(true, 200, 200);
    glass.turns(2);
    push_motion(203, 206);
    glass.turns(2);
    push_button(false, 201, 204);
    glass.turns(6);
    CHECK(glass.presses == 1);
    CHECK(glass.scrolled == 0);
}
