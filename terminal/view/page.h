// What every screen gets: what to show, what to draw with, and where to put what the person did.
#pragma once

#include <utility>
#include <vector>

#include "terminal/state/update.h"
#include "terminal/view/canvas.h"
#include "terminal/view/words.h"

namespace kazashi::view {

struct Page {
    const state::State& state;
    Canvas& canvas;
    const Words& words;
    std::vector<state::Intent>& intents;

    const Theme& theme() const { return canvas.theme(); }
    void want(state::Intent intent) const { intents.push_back(std::move(intent)); }
};

}  // namespace kazashi::view
