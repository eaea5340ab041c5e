// How a PC/SC reader takes a FeliCa frame. Found by probing, never by the reader's name. Source: reference felica.md §3.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace kazashi::protocol {

enum class Dialect {
    direct,       // FF 00 00 00 Lc frame → answer 90 00 (ACR1251/1252/1552)
    pn532,        // FF 00 00 00 Lc D4 …: a PN532 behind an ACR122U
    transparent,  // the PC/SC v2 transparent session, FF C2 (RC-S300, ACR125x)
    identiv,      // FF 42 … FF 4A
    plain,        // FF CA, FF A4, FF B0: one block at a time, no MAC, so nothing can be proved through it
};

inline constexpr std::array all_dialects{Dialect::direct, Dialect::pn532, Dialect::transparent, Dialect::identiv,
                                         Dialect::plain};
std::string_view name(Dialect dialect);  // "direct" …
std::optional<Dialect> dialect_named(std::string_view name);

}  // namespace kazashi::protocol
