// Buttons, keys, chips, panels: the few things all screens are made of.
#pragma once

#include <optional>

#include "terminal/view/icons.h"
#include "terminal/view/page.h"

namespace kazashi::view {

enum class Look {
    primary,  // what most people want next
    plain,
    stop,     // やめる
    again,    // やりなおし
    enter,    // 決定
};

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
// The main action: always bottom right.
bool main_button(const Page& page, std::string_view id, std::string_view label, bool enabled = true);
// What happens next, in one sentence, between the two.
void next_sentence(const Page& page, std::string_view sentence, std::optional<Pair> colours = std::nullopt);

}  // namespace kazashi::view
