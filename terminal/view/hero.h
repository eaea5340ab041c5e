// The drawing of where to hold the card: a card coming down on the reader.
#pragma once

#include "terminal/view/page.h"

namespace kazashi::view {

enum class Hero { hold, reading };
void draw_hero(const Page& page, Box box, Hero hero);

}  // namespace kazashi::view
