#include "terminal/platform/drag_scroll.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "terminal/platform/tuning.h"

namespace kazashi::platform {

namespace {

// The nearest area around the pointer whose content is taller than itself.
ImGuiWindow* scrolling_area() {
    ImGuiWindow* window = ImGui::GetCurrentContext()->HoveredWindow;
    while (window != nullptr && window->ScrollMax.y <= 0.0F) window = window->ParentWindow;
    return window;
}

}  // namespace

void DragScroll::apply() {
    const auto& io = ImGui::GetIO();
    if (!io.MouseDown[0]) {
        down_ = dragging_ = false;
        area_ = 0;
        return;
    }
    if (!down_) {
        down_ = true;
        pressed_y_ = last_y_ = io.MousePos.y;
        const auto* area = scrolling_area();
        area_ = area == nullptr ? 0 : area->ID;
        return;
    }
    if (area_ == 0) return;
    if (std::abs(io.MousePos.y - pressed_y_) > tuning::drag_starts_px) dragging_ = true;
    if (!dragging_) return;
    ImGui::ClearActiveID();
    if (auto* area = ImGui::FindWindowByID(area_); area != nullptr) {
        ImGui::SetScrollY(area, std::clamp(area->Scroll.y + last_y_ - io.MousePos.y, 0.0F, area->ScrollMax.y));
    }
    last_y_ = io.MousePos.y;
}

}  // namespace kazashi::platform
