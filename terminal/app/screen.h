// State → pixels: window, letters and view put together. One frame is drawn and swapped per call. Main thread only.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "terminal/app/options.h"
#include "terminal/platform/drag_scroll.h"
#include "terminal/platform/fonts.h"
#include "terminal/platform/window.h"
#include "terminal/view/view.h"

namespace kazashi::app {

class Screen {
public:
    static base::Result<std::unique_ptr<Screen>> open(const RunOptions& options, const std::filesystem::path& assets);

    // `drawn` may be null. `before_swap` runs when the frame is ready and not yet seen.
    std::vector<state::Intent> draw(const state::State& state, view::Drawn* drawn,
                                    const std::function<void()>& before_swap);
    // The window may have another size now.
    base::Status fit();
    platform::Window& window() { return *window_; }
    // Nothing of a summary stays among the letters.
    void forget() { fonts_->forget(); }

private:
    Screen(std::unique_ptr<platform::Window> window, view::Strings strings, std::filesystem::path font_list,
           float zoom);

    std::unique_ptr<platform::Window> window_;
    std::unique_ptr<platform::Fonts> fonts_;
    view::Strings strings_;
    std::filesystem::path font_list_;
    platform::DragScroll drag_;
    platform::Window::Size size_;
    float zoom_;      // --ui-scale
    float scale_{0};  // what fits, times zoom
};

}  // namespace kazashi::app
