// The patient's own actions in the bottom bar, while their card is on the reader: who looked, taking it back, and what
// the card itself says.
#pragma once

#include "terminal/view/page.h"

namespace kazashi::view {

// Draws those that are offered; answers what they and the button at the left leave of the bar.
Box patient_actions(const Page& page);

}  // namespace kazashi::view
