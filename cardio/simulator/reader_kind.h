// The readers that can be played, each with its dialect and quirks. Source: reference felica.md §3.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "cardio/protocol/dialect.h"

namespace kazashi::simulator {

enum class ReaderKind {
    acr1252,     // direct frames, and the transparent session beside them
    rcs300,      // transparent session, and single blocks
    acr122u,     // a PN532 behind FF 00 00 00
    acr122u_t0,  // its older firmware: T=0, so that every answer with data is fetched with FF C0
    acr122u_64,  // a PN532 whose buffer holds 64 octets: four blocks do not fit
    identiv,     // FF 42 … FF 4A, service codes with their low octet first, as on air
    identiv_be,  // the same with their high octet first; which of the two a model wants is written nowhere
    plain,       // one block at a time, no frames
};

inline constexpr std::array all_readers{ReaderKind::acr1252,    ReaderKind::rcs300,     ReaderKind::acr122u,
                                        ReaderKind::acr122u_t0, ReaderKind::acr122u_64, ReaderKind::identiv,
                                        ReaderKind::identiv_be, ReaderKind::plain};

std::string_view name(ReaderKind kind);  // "acr122u-t0"
std::optional<ReaderKind> reader_named(std::string_view name);
ReaderKind reader_speaking(protocol::Dialect dialect);  // one that is known for it

}  // namespace kazashi::simulator
