// Letters: every one our own words need, and those of names that few fonts have.
#pragma once

#include <filesystem>

#include "terminal/doctor/findings.h"

namespace kazashi::doctor {

struct FontsWays {
    std::filesystem::path assets;
};

// fonts_ok · assets_missing · fonts_missing (none with Japanese) · letters_missing{count} · rare_letters_missing (a
// note)
Findings probe_fonts(const FontsWays& ways);

}  // namespace kazashi::doctor
