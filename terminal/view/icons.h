// Small pictures beside words, drawn from lines so that they are sharp at every scale.
#pragma once

#include "terminal/view/canvas.h"

namespace kazashi::view {

enum class Icon {
    none,
    check,
    cross,
    warning,
    info,
    offline,
    waiting,
    card,
    reader,
    person,
    back,
    people,
    lock,
    leave
};

// In a square of `size` around x, y.
void draw_icon(Canvas& canvas, Icon icon, float x, float y, float size, Colour colour);

}  // namespace kazashi::view
