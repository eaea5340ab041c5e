// "Who looked", in words: 「たちばな薬局が、お薬の記録を見ました」. Also what a set of sections is called in a
// sentence.
#pragma once

#include "terminal/view/bilingual.h"

namespace kazashi::view {

std::string parts_of(const Words& words, model::SectionSet sections);  // お薬・病名・検査
std::string look_sentence(const Words& words, const desk::Look& look);

}  // namespace kazashi::view
