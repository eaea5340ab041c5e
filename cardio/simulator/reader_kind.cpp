#include "cardio/simulator/reader_kind.h"

#include <algorithm>

namespace kazashi::simulator {

std::string_view name(ReaderKind kind) {
    switch (kind) {
        case ReaderKind::acr1252:
            return "acr1252";
        case ReaderKind::rcs300:
            return "rcs300";
        case ReaderKind::acr122u:
            return "acr122u";
        case ReaderKind::acr122u_t0:
            return "acr122u-t0";
        case ReaderKind::acr122u_64:
            return "acr122u-64";
        case ReaderKind::identiv:
            return "identiv";
        case ReaderKind::identiv_be:
            return "identiv-be";
        case ReaderKind::plain:
            return "plain";
    }
    return "";
}

std::optional<ReaderKind> reader_named(std::string_view text) {
    const auto* const found =
        std::find_if(all_readers.begin(), all_readers.end(), [text](ReaderKind kind) { return name(kind) == text; });
    return found == all_readers.end() ? std::nullopt : std::optional{*found};
}

ReaderKind reader_speaking(protocol::Dialect dialect) {
    switch (dialect) {
        case protocol::Dialect::direct:
            return ReaderKind::acr1252;
        case protocol::Dialect::pn532:
            return ReaderKind::acr122u;
        case protocol::Dialect::transparent:
            return ReaderKind::rcs300;
        case protocol::Dialect::identiv:
            return ReaderKind::identiv;
        case protocol::Dialect::plain:
            return ReaderKind::plain;
    }
    return ReaderKind::acr1252;
}

}  // namespace kazashi::simulator
