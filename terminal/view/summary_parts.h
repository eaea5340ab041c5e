// The parts of the summary screen: the left column that always stays in view, and the cards that scroll.
#pragma once

#include "terminal/view/page.h"

namespace kazashi::view {

// identity, allergies (three faces), the window
void draw_person_column(const Page& page, Box column);
// Only the allergies, filling the box where there are any.
void draw_allergies(const Page& page, Box box);

// The face for an emergency: everything that matters on one screen, the rest below it.
void draw_emergency(const Page& page, Box box);

// Each draws a card at the top of `box` and returns its height with the gap below; 0: the section is not ours to see.
float draw_medicines(const Page& page, Box box);
float draw_problems(const Page& page, Box box);
float draw_labs(const Page& page, Box box);
// What was granted and has not reached this terminal; 0: all of it is here.
float draw_missing(const Page& page, Box box);
float draw_presented(const Page& page, Box box);  // an empty column is no empty record

// ---- what the cards share (summary_cards.cpp)
// Heading, where from and as of when; the caution tint when that is long ago.
struct CardHead {
    std::string title;
    std::vector<std::string> sources;  // facilities
};
float draw_card(const Page& page, Box box, const CardHead& head, const std::function<float(Box)>& content);
void add_source(std::vector<std::string>& sources, const std::string& facility);  // once each

}  // namespace kazashi::view
