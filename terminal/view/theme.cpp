#include "terminal/view/theme.h"

#include <algorithm>
#include <cmath>

namespace kazashi::view {
namespace {

constexpr Theme counter{
    .page = {rgb(0x1F2A30), rgb(0xF7F6F2)},
    .panel = {rgb(0x1F2A30), rgb(0xFFFFFF)},
    .quiet = rgb(0x5B666E),
    .soft = rgb(0x47525A),
    .line = rgb(0xD9DCDA),
    .primary = {rgb(0xFFFFFF), rgb(0x0F5C63)},
    .refused = {rgb(0x9B1C15), rgb(0xFBEAE8)},
    .caution = {rgb(0x7A4B00), rgb(0xFFF3D9)},
    .offline = {rgb(0x30496B), rgb(0xE7EDF5)},
    .received = {rgb(0x1B5E34), rgb(0xE6F2E9)},
    .key_stop = {rgb(0xFFFFFF), rgb(0x9B1C15)},
    .key_again = {rgb(0x1F2A30), rgb(0xF2C84B)},
    .key_enter = {rgb(0xFFFFFF), rgb(0x1B5E34)},
};

constexpr Theme ambulance{
    .page = {rgb(0xE8ECEE), rgb(0x10161A)},
    .panel = {rgb(0xE8ECEE), rgb(0x1A2328)},
    .quiet = rgb(0x9FABB2),
    .soft = rgb(0xB4BEC4),
    .line = rgb(0x35424A),
    .primary = {rgb(0x08161A), rgb(0x58B7C0)},
    .refused = {rgb(0xFFB9B0), rgb(0x3C1613)},
    .caution = {rgb(0xFFD68F), rgb(0x3A2A08)},
    .offline = {rgb(0xB4CCF0), rgb(0x1C2A3C)},
    .received = {rgb(0xA2DCB4), rgb(0x14311F)},
    .key_stop = {rgb(0x24080A), rgb(0xE77F76)},
    .key_again = {rgb(0x1E1703), rgb(0xE5C15A)},
    .key_enter = {rgb(0x07190D), rgb(0x6FC48A)},
};

double linear(std::uint8_t channel) {
    const double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

const Theme& theme_of(state::Theme theme) {
    switch (theme) {
        case state::Theme::counter:
            return counter;
        case state::Theme::ambulance:
            return ambulance;
    }
    return counter;
}

double contrast(Colour a, Colour b) {
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace kazashi::view
