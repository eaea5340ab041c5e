// Which sentence says what to do about a finding: a repair is promised only where it can be done.
#pragma once

#include "terminal/state/finding.h"
#include "terminal/view/words.h"

namespace kazashi::view {

inline std::string doctor_now(const Words& words, const state::Finding& finding) {
    const std::string key = "doctor." + finding.key;
    const bool not_here = finding.repair == state::Finding::Repair::none && words.has(key + ".not_here");
    return key + (not_here ? ".not_here" : ".now");
}

}  // namespace kazashi::view
