// `kazashi-card issue`.
#pragma once

#include "terminal/card_tool/verb.h"

namespace kazashi::card_tool {

std::unique_ptr<Verb> add_issue(CLI::App& app);

}  // namespace kazashi::card_tool
