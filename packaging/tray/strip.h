// The tray as a window: a narrow strip beside the terminal, one row per card. A click lays the card on the reader or
// takes it off.
#pragma once

#include <filesystem>

#include "packaging/tray/tray.h"

namespace kazashi::tray {

// Until the window is closed, the simulator is gone, or SIGTERM comes. `fonts` is the terminal's assets/fonts.toml.
// `hint` stands above the cards.
base::Status show(Tray tray, const std::filesystem::path& fonts, const std::string& hint);

}  // namespace kazashi::tray
