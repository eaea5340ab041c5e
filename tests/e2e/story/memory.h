// What a program still holds in its memory, seen from outside (/proc/PID/mem).
#pragma once

#include <string>
#include <vector>

#include "tests/e2e/story/process.h"

namespace kazashi::story {

// Those of the words that stand somewhere in the program's memory, in pages it has shut as well. denied when we may not
// look.
Result<std::vector<std::string>> words_in_memory(Pid pid, const std::vector<std::string>& words);

}  // namespace kazashi::story
