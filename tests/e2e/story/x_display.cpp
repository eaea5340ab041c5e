#include "tests/e2e/story/x_display.h"

#include <span>

namespace kazashi::story {

using base::Error;
using base::Fault;

base::Result<XDisplay> open_display() {
    XDisplay display{XOpenDisplay(nullptr)};
    if (!display) return Error{Fault::not_found, "no X display"};
    return display;
}

base::Result<Rect> largest_window(Display* display) {
    const Window root = DefaultRootWindow(display);
    Window root_again{};
    Window parent{};
    Window* children{};
    unsigned count{};
    if (XQueryTree(display, root, &root_again, &parent, &children, &count) == 0) {
        return Error{Fault::io, "the X server does not list windows"};
    }
    Rect best;
    for (const Window window : std::span{children, count}) {
        XWindowAttributes a{};
        if (XGetWindowAttributes(display, window, &a) == 0 || a.map_state != IsViewable) continue;
        if (a.width * a.height > best.width * best.height) best = {a.x, a.y, a.width, a.height};
    }
    if (children != nullptr) XFree(children);
    if (best.width == 0) return Error{Fault::not_found, "no window is shown"};
    return best;
}

}  // namespace kazashi::story
