// Finding a person among the live windows by the kana of the pad: its 46 kana stand for their voiced, small and
// katakana forms, blanks do not count, and either part of a name may come first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "terminal/state/state.h"

namespace kazashi::state {

std::u32string plain_kana(std::string_view text);  // かきくけこ for カギクゲコ
bool kana_matches(std::string_view kana, std::string_view search);

// The windows to list, in the desk's order. Pointers into `state`.
std::vector<const desk::LiveWindow*> found_windows(const State& state);
// Of those, the people who came today (local time).
std::vector<const desk::LiveWindow*> todays_windows(const State& state);
// On the screen of a lost card: people whose name can be read here, and fits what was typed.
std::vector<const desk::LiveWindow*> owners_to_choose(const State& state);

}  // namespace kazashi::state
