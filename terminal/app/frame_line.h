// One frame as a line of JSON for the inspector, and the inspector's requests out of one. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cardio/base/result.h"
#include "terminal/view/view.h"

namespace kazashi::app {

struct FrameFacts {
    std::uint64_t number{};
    std::uint64_t taps{};
    std::optional<double> tap_to_summary_ms;  // on the first frame that shows a whole summary
};

std::string_view name(state::Screen screen);
std::string frame_line(const state::State& state, const view::Drawn& drawn, const FrameFacts& facts);

struct InspectorRequest {
    std::string hold;  // name of a screen
    bool release{false};
};
// malformed when it is neither {"hold":"…"} nor {"release":true}.
base::Result<InspectorRequest> parse_request(std::string_view line);
std::string holding_line(std::string_view screen);
std::string refusal_line(std::string_view why);

}  // namespace kazashi::app
