// A ten-digit number typed on the telephone's keys: the line it stands in, and the keys beside the digits.
#pragma once

#include "terminal/view/pads.h"

namespace kazashi::view {

void number_line(const Page& page, Box box, const std::string& number);
// Erase, and go on once it is whole.
void number_actions(const Page& page, Box column, const std::string& number);

}  // namespace kazashi::view
