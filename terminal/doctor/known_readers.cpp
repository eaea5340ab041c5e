#include "terminal/doctor/known_readers.h"

#include <algorithm>
#include <array>

namespace kazashi::doctor {

namespace {

using Linux = KnownReader::Linux;

constexpr std::array readers{
    KnownReader{0x054C, 0x0DC8, "RC-S300/S", Linux::ccid, true},
    KnownReader{0x054C, 0x0DC9, "RC-S300/P", Linux::ccid, true},
    KnownReader{0x054C, 0x0D8F, "RC-S660/U", Linux::ccid, true},
    KnownReader{0x054C, 0x06C1, "RC-S380/S", Linux::none, true},
    KnownReader{0x054C, 0x06C3, "RC-S380/P", Linux::none, true},
    KnownReader{0x054C, 0x02E1, "RC-S330", Linux::none, true},
    KnownReader{0x054C, 0x0193, "PN531", Linux::none, true},
    KnownReader{0x072F, 0x2200, "ACR122U", Linux::ccid, true},
    KnownReader{0x072F, 0x221A, "ACR1251", Linux::ccid, true},
    KnownReader{0x072F, 0x223B, "ACR1252 Dual", Linux::ccid, true},
    KnownReader{0x072F, 0x223E, "ACR1252", Linux::ccid, true},
    KnownReader{0x072F, 0x223F, "ACR1255U", Linux::ccid, true},
    KnownReader{0x072F, 0x2259, "ACR1252IMP", Linux::ccid, true},
    KnownReader{0x072F, 0x2303, "ACR1552 1S", Linux::ccid, true},  // ACR1552U-M1
    KnownReader{0x072F, 0x2308, "ACR1552 CL", Linux::ccid, true},  // ACR1552U-M2
    KnownReader{0x04E6, 0x5591, "SCL3711", Linux::none, true},
    KnownReader{0x04E6, 0x5724, "4701 F", Linux::ccid, true},
    KnownReader{0x04E6, 0x5725, "4711 F", Linux::ccid, true},
    KnownReader{0x04E6, 0x5790, "3700 F", Linux::ccid, true},
    // Readers of contact cards only: they lie in the same drawers.
    KnownReader{0x072F, 0xB100, "ACR39U", Linux::ccid, false},
    KnownReader{0x072F, 0xB000, "ACR3901U", Linux::ccid, false},
    KnownReader{0x076B, 0x3031, "OMNIKEY 3x21", Linux::ccid, false},
    KnownReader{0x076B, 0x3021, "CardMan 3121", Linux::ccid, false},
    KnownReader{0x04E6, 0x511F, "SCR3310", Linux::ccid, false},
    KnownReader{0x04E6, 0x511A, "SCR3310-NTTCom", Linux::ccid, false},
    KnownReader{0x08E6, 0x3437, "Gemalto PC Twin", Linux::ccid, false},
};

}  // namespace

const KnownReader* known_reader(std::uint16_t vendor, std::uint16_t product) {
    const auto* const found = std::ranges::find_if(
        readers, [&](const KnownReader& known) { return known.vendor == vendor && known.product == product; });
    return found == readers.end() ? nullptr : found;
}

const KnownReader* known_reader(std::string_view listed) {
    const auto* const found = std::ranges::find_if(
        readers, [&](const KnownReader& known) { return listed.find(known.name) != std::string_view::npos; });
    return found == readers.end() ? nullptr : found;
}

bool is_key_slot(std::string_view listed) { return listed.find(" SAM") != std::string_view::npos; }

}  // namespace kazashi::doctor
