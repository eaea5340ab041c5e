// People with a live window, as rows to touch: on the home screen and in the list of windows.
#pragma once

#include "sync/desk/desk.h"
#include "terminal/view/page.h"

namespace kazashi::view {

float window_row_height(const Page& page, const desk::LiveWindow& window, float width);
void window_row(const Page& page, Box box, const desk::LiveWindow& window);

}  // namespace kazashi::view
