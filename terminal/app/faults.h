// What is wrong with this terminal, as keys into assets/strings. Pure.
#pragma once

#include <string>

#include "cardio/base/result.h"

namespace kazashi::app {

// Why the store cannot be used. A store that was moved aside took the staff slots with it, and a re-sync does not bring
// them back: the terminal has to be enrolled again, and says so.
std::string fault_of_store(base::Fault fault);

}  // namespace kazashi::app
