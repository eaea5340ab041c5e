// draw(State) → Intents: Dear ImGui only (design §8). Business has no `if` here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "terminal/state/state.h"
#include "terminal/view/strings.h"
#include "terminal/view/type.h"

namespace kazashi::view {

// Everything a person could read or touch in this frame, in drawing order: what a screen reader would be given, what
// the headless tests and the demo's story look at. Only filled when asked for: it holds what the screen holds.
struct Drawn {
    struct Item {
        std::string id;  // "key.5", "consent.yes": stable, not translated
        float x{}, y{}, width{}, height{};
        bool enabled{true};
    };
    std::vector<Item> items;
    std::vector<std::string> texts;
    bool clipped{false};  // some text or control did not fit where it was drawn
};

struct Context {
    Type* type{};  // platform::Fonts
    const Strings* strings{};
    float scale{1.0F};
    Drawn* drawn{};  // may be null
};

// Between ImGui::NewFrame() and ImGui::Render(). Sizes are logical pixels (canvas at least 1280×800) times scale.
std::vector<state::Intent> draw(const state::State& state, const Context& context);

// The largest scale at which the logical canvas still has 1280×800.
float fitting_scale(float width, float height);

}  // namespace kazashi::view
