// A connection to the X server, and where the terminal's window lies on it.
#pragma once

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
// Xlib's macros are words we use; its headers need them, so they all stand here.
#undef Status
#undef None
#undef Bool
#undef True
#undef False
#undef Success
#undef Always

#include <memory>

#include "cardio/base/result.h"

namespace kazashi::story {

struct CloseDisplay {
    void operator()(Display* display) const { XCloseDisplay(display); }
};
using XDisplay = std::unique_ptr<Display, CloseDisplay>;

base::Result<XDisplay> open_display();  // of $DISPLAY

struct Rect {
    int x{}, y{}, width{}, height{};
};
// The largest window that is shown; not_found when there is none.
base::Result<Rect> largest_window(Display* display);

}  // namespace kazashi::story
