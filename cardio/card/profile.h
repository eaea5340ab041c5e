// How to read a region's existing card that is no Lite-S of ours: which system, which service, which blocks, and where
// the regional number stands in them. Such a card proves nothing (Assurance::presented). Source: design.md §4;
// reference felica.md §1.3, §1.4.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cardio/card/card.h"

namespace kazashi::card {

// ascii: a digit an octet. bcd: two digits an octet, the upper half first. hexadecimal: a binary number, high octet
// first, in decimal with leading zeros.
enum class NumberCoding { ascii, bcd, hexadecimal };

struct CardProfile {
    std::string name;                   // "old-stone-card"; shown to the operator only
    std::uint16_t system{};             // system code, as in Polling; no wildcard, and not that of Lite-S
    std::uint16_t service{};            // service code readable without a key (bit 0 set)
    std::vector<std::uint16_t> blocks;  // 1 to 12, in read order
    CardKind kind{CardKind::patient};
    std::uint16_t region{};
    NumberCoding coding{};
    std::size_t offset{};  // octets from the begin of the first block
    std::size_t length{};  // octets of the number
    std::string prefix;    // digits put before it, so that ten come out
    bool operator==(const CardProfile&) const = default;
};

// TOML: [[card]] tables with the fields above (system = 0xFE00, service = 0x100B, kind = "patient", coding = "bcd" …);
// kind, offset and prefix may be left out. malformed names the table and field; so does a profile whose numbers could
// never have ten digits.
base::Result<std::vector<CardProfile>> parse_profiles(std::string_view toml);

// The number on the card; nullopt when what stands there is none. `data` is 16 octets per block of the profile.
std::optional<RegionalRecord> record_of(const CardProfile& profile, base::ByteView data);

}  // namespace kazashi::card
