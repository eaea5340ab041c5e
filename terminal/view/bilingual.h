// The patient's screens say everything twice: in the language of the screen and, quieter, in the other one.
#pragma once

#include "terminal/view/controls.h"

namespace kazashi::view {

Words other_language(const Page& page);

struct Said {
    std::string first, second;
};
Said both(const Page& page, std::string_view key, Words::Arguments arguments = {});
Said both(const Page& page, const std::function<std::string(const Words&)>& sentence);

struct Faces {
    Face first, second;
};
// Under each other from the top of the box; the height it takes.
float both_height(const Page& page, const Said& said, Faces faces, float width);
float draw_both(const Page& page, Box box, const Said& said, Faces faces, Colour ink);
// The same in the middle of the box, its lines of nearly equal length.
void centre_both(const Page& page, Box box, const Said& said, Faces faces, Colour ink);

// A button that says it twice.
bool button_both(const Page& page, std::string_view id, Box box, const Said& said, Look look, bool enabled = true,
                 Faces faces = {Face::strong, Face::caption});

}  // namespace kazashi::view
