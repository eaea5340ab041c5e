#include "terminal/app/screen.h"

#include <imgui.h>

#include <utility>

#include "terminal/app/tuning.h"

namespace kazashi::app {

Screen::Screen(std::unique_ptr<platform::Window> window, view::Strings strings, std::filesystem::path font_list,
               float zoom)
    : window_{std::move(window)}, strings_{std::move(strings)}, font_list_{std::move(font_list)}, zoom_{zoom} {}

base::Result<std::unique_ptr<Screen>> Screen::open(const RunOptions& options, const std::filesystem::path& assets) {
    KAZASHI_TRY(auto strings, view::Strings::load(assets));
    platform::WindowOptions wanted;
    wanted.title = strings.get(options.language, "app.name");
    wanted.width = options.width;
    wanted.height = options.height;
    wanted.fullscreen = options.fullscreen;
    KAZASHI_TRY(auto window, platform::Window::open(wanted));
    std::unique_ptr<Screen> screen{
        new Screen{std::move(window), std::move(strings), assets / "fonts.toml", options.ui_scale}};
    KAZASHI_CHECK(screen->fit());
    return screen;
}

base::Status Screen::fit() {
    const auto size = window_->size();
    if (fonts_ && size == size_) return base::ok();
    size_ = size;
    const float scale = zoom_ * view::fitting_scale(static_cast<float>(size.width), static_cast<float>(size.height));
    if (fonts_ && scale == scale_) return base::ok();
    scale_ = scale;
    KAZASHI_TRY(fonts_, platform::Fonts::open(font_list_, scale));
    fonts_->attach(*ImGui::GetIO().Fonts);
    window_->new_atlas(fonts_->atlas());
    return base::ok();
}

std::vector<state::Intent> Screen::draw(const state::State& state, view::Drawn* drawn,
                                        const std::function<void()>& before_swap) {
    std::vector<state::Intent> intents;
    for (int again = 0; again < tuning::redraws; ++again) {
        if (drawn != nullptr) *drawn = {};
        window_->begin_frame();
        drag_.apply();
        auto made = view::draw(state, {fonts_.get(), &strings_, scale_, drawn});
        window_->end_frame();
        std::move(made.begin(), made.end(), std::back_inserter(intents));
        if (fonts_->settle()) break;
    }
    if (const auto rows = fonts_->take_dirty()) window_->update_atlas(fonts_->atlas(), *rows);
    window_->paint(view::theme_of(state.theme).page.ground);
    before_swap();
    window_->swap();
    return intents;
}

}  // namespace kazashi::app
