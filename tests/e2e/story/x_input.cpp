#include "tests/e2e/story/x_input.h"

#include <cmath>
#include <thread>

#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

base::Result<XInput> XInput::open() {
    KAZASHI_TRY(auto display, open_display());
    int event{};
    int error{};
    int major{};
    int minor{};
    if (XTestQueryExtension(display.get(), &event, &error, &major, &minor) == 0) {
        return base::Error{base::Fault::unsupported, "the X server has no XTEST"};
    }
    return XInput{std::move(display)};
}

void XInput::move(int x, int y) {
    XTestFakeMotionEvent(display_.get(), -1, x, y, 0);
    XSync(display_.get(), 0);
}
void XInput::press() {
    XTestFakeButtonEvent(display_.get(), 1, 1, 0);
    XSync(display_.get(), 0);
}
void XInput::release() {
    XTestFakeButtonEvent(display_.get(), 1, 0, 0);
    XSync(display_.get(), 0);
}

base::Status XInput::touch(const Item& item) {
    KAZASHI_TRY(const Rect window, largest_window(display_.get()));
    move(window.x + static_cast<int>(std::lround(item.x + item.width / 2)),
         window.y + static_cast<int>(std::lround(item.y + item.height / 2)));
    std::this_thread::sleep_for(tuning::press);
    press();
    std::this_thread::sleep_for(tuning::press);
    release();
    std::this_thread::sleep_for(tuning::press);
    return base::ok();
}

base::Status XInput::drag(Point from, Point to) {
    KAZASHI_TRY(const Rect window, largest_window(display_.get()));
    move(window.x + from.x, window.y + from.y);
    std::this_thread::sleep_for(tuning::press);
    press();
    for (int step = 0; step <= tuning::drag_steps; ++step) {
        move(window.x + from.x + (to.x - from.x) * step / tuning::drag_steps,
             window.y + from.y + (to.y - from.y) * step / tuning::drag_steps);
        std::this_thread::sleep_for(tuning::press);
    }
    release();
    std::this_thread::sleep_for(tuning::press);
    return base::ok();
}

}  // namespace kazashi::story
