// One finger scrolls: a drag that starts anywhere inside a scrolling area moves its content, and the button the finger
// happened to land on is let go without being pressed. Once per frame, between begin_frame() and the drawing.
#pragma once

namespace kazashi::platform {

class DragScroll {
public:
    void apply();

private:
    float pressed_y_{};
    float last_y_{};
    unsigned area_{};  // ImGui's id of the scrolling area under the finger; 0: none
    bool down_{false};
    bool dragging_{false};
};

}  // namespace kazashi::platform
