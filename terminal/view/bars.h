// The frame around every screen.
#pragma once

#include "terminal/view/page.h"

namespace kazashi::view {

// facility · who is signed in · line · pending · reader · clock
void draw_top_bar(const Page& page);
// The box between top bar and bottom bar.
Box body_of(const Canvas& canvas);

}  // namespace kazashi::view
