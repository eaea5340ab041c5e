#include "terminal/card_tool/verb.h"

#include <CLI/CLI.hpp>

namespace kazashi::card_tool {

bool Verb::asked_for() const { return verb_.parsed(); }

}  // namespace kazashi::card_tool
