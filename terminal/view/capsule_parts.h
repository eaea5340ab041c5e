// What the screen of the card's own facts is made of.
#pragma once

#include "terminal/view/code_words.h"
#include "terminal/view/controls.h"
#include "terminal/view/screens.h"

namespace kazashi::view {

inline constexpr float capsule_padding = 20;
inline constexpr float tall = 4000;  // of a box whose content says how high it is

const model::Capsule& facts(const Page& page);
CodeWords words_for(const Page& page, model::CodeSystem system, const std::string& code);

// The name large, what marks it under it, the code small: at the end of a line where there is room, else below. Without
// a name the code is all there is besides the class, and larger. Returns the height.
float draw_name(const Page& page, Box box, const CodeWords& words, Face face, const std::string& marks = {});

// A count that stops at `most`: from there on it is that many or more.
std::string count_of(const Page& page, int count, bool or_more);
// How many more there are than the list above says; nothing for none. Returns the height.
float draw_left_out(const Page& page, Box box, const char* key, int count, int most);

void draw_allergy_box(const Page& page, Box box);

}  // namespace kazashi::view
