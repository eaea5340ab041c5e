// A window without a window: ImGui with our letters, a finger, and a look at what was drawn.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/platform/fonts.h"
#include "terminal/view/view.h"

struct ImGuiContext;

namespace kazashi::test {

struct Size {
    float width{1280}, height{800};
};

std::filesystem::path assets();
const view::Strings& strings();

class Glass {
public:
    explicit Glass(Size size = {});
    ~Glass();
    Glass(const Glass&) = delete;
    Glass& operator=(const Glass&) = delete;

    // One whole frame (twice when the page of letters was full).
    std::vector<state::Intent> draw(const state::State& state);
    const view::Drawn& drawn() const { return drawn_; }

    // A finger put down and lifted in the middle of an item of the last frame: what it brings, Touched left out.
    std::vector<state::Intent> press(const state::State& state, std::string_view id);
    std::vector<state::Intent> press_at(const state::State& state, float x, float y);  // pixels
    std::vector<state::Intent> hold_at(const state::State& state, float x, float y);   // Touched among them
    const view::Drawn::Item* item(std::string_view id) const;
    // Turns the wheel over a place of the window, down.
    void scroll_down(const state::State& state, float x, float y, float clicks);
    bool reads(std::string_view part) const;  // some text of the last frame holds it

    // The last frame as a picture, triangle by triangle.
    void write_png(const std::filesystem::path& file) const;
    platform::Fonts& fonts() { return *fonts_; }

private:
    std::vector<state::Intent> frame(const state::State& state);

    Size size_;
    float scale_;
    state::Theme theme_{};  // of the last frame
    ImGuiContext* context_;
    std::unique_ptr<platform::Fonts> fonts_;
    view::Drawn drawn_;
};

}  // namespace kazashi::test
