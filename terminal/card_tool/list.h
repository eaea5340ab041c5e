// `kazashi-card list`.
#pragma once

#include "terminal/card_tool/verb.h"

namespace kazashi::card_tool {

std::unique_ptr<Verb> add_list(CLI::App& app);

}  // namespace kazashi::card_tool
