// People as they are told apart: kanji large, kana, birth date in both calendars, address. Nothing is cut.
#pragma once

#include "terminal/view/controls.h"

namespace kazashi::view {

// The feed may not have brought a name yet: then the staff number says who it is.
std::string colleague_name(const Page& page, const desk::Colleague& colleague);

// "1941-03-02", as the name index has it.
model::RecordDate born_of(const desk::Candidate& candidate);

// A row to touch, "person.<hex>"; returns its height.
float person_row(const Page& page, Box box, const desk::Candidate& candidate);

// The one who was chosen, under a heading; returns the height.
float person_panel(const Page& page, Box box, std::string_view heading, const desk::Candidate& candidate);

// 「緊急閲覧」 at the right end of a line: nobody is to forget what way this is.
void emergency_badge(const Page& page, Box line);

const char* sex_key(model::Sex sex);

}  // namespace kazashi::view
