// Buttons, keys, chips, panels: the few things all screens are made of.
#pragma once

#include <optional>
#include <vector>

#include "terminal/view/icons.h"
#include "terminal/view/page.h"

namespace kazashi::view {

enum class Look {
    primary,  // what most people want next
    plain,
    stop,       // やめる
    again,      // やりなおし
    enter,      // 決定
    emergency,  // leads to a record without its owner's card: tinted, never alone the colour
};

// The ground of a button, for labels of more than one line; `ink` is what to write on it with.
struct ButtonFrame {
    bool pressed{};
    Colour ink;
};
ButtonFrame button_frame(const Page& page, std::string_view id, Box box, Look look, bool enabled = true);
// True when it was pressed. The label wraps; it is never cut.
bool button(const Page& page, std::string_view id, Box box, std::string_view label, Look look, bool enabled = true,
            Face face = Face::heading, Icon icon = Icon::none);

// A white card on the page.
void panel(const Page& page, Box box);
void tinted(const Page& page, Box box, Pair colours);

// A word with a ground of its own; returns the width it took.
float chip_width(const Page& page, std::string_view label, Face face = Face::body, Icon icon = Icon::none);
float chip(const Page& page, float x, float middle_y, std::string_view label, Pair colours, Face face = Face::body,
           Icon icon = Icon::none);

// 「あと60日」: the share of the window that is left, with the number in it.
void days_ring(const Page& page, float x, float y, float radius, int days_left, int days_whole);

// Back, or closing: always bottom left.
bool back_button(const Page& page, std::string_view id, std::string_view label);
// Something else than going back, at the same place: only where there is no back.
bool side_action(const Page& page, std::string_view id, std::string_view label, Icon icon, bool enabled = true);
// The main action: always bottom right.
bool main_button(const Page& page, std::string_view id, std::string_view label, bool enabled = true);
// Room for more actions: buttons of one width, from the right; what is left between them and Back.
struct BottomRow {
    Box middle;
    std::vector<Box> actions;  // from left to right
};
BottomRow bottom_row(const Page& page, std::size_t actions, float width);
// What happens next, in one sentence, between the two. In the last seconds before the screen closes by itself that is
// what is said instead, with the seconds in a ring.
void next_sentence(const Page& page, std::string_view sentence);
void next_sentence(const Page& page, Box middle, std::string_view sentence);

}  // namespace kazashi::view
