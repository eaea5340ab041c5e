// What an issuer wrote on a card, and the files of such images that the demo region makes for virtual cards.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "cardio/base/result.h"
#include "cardio/card/card.h"
#include "cardio/protocol/felica.h"
#include "cardio/protocol/felica_lite_s.h"

namespace kazashi::simulator {

struct CardImage {
    card::Idm idm;
    protocol::Pmm pmm{{0x00, 0xF1, 0x00, 0x00, 0x00, 0x01, 0x43, 0x00}};  // a Lite-S; F0 instead of F1: a Lite
    card::Block id;
    card::Block s_pad0;
    protocol::CardKey ck;
    std::uint16_t ckv{1};
    std::array<card::Block, 13> pads{};  // S_PAD1 to S_PAD13

    CardImage clone() const { return {idm, pmm, id, s_pad0, ck.clone(), ckv, pads}; }
};

struct NamedCard {
    std::string name;   // "patient-0000000001"
    std::string kind;   // "patient" or "staff"
    std::string label;  // what is printed on it
    CardImage image;
};

// {"cards":[{"name","kind","number","label","idm","pmm","id","s_pad0","ck","ckv","pads"}, …]}, values in hexadecimal;
// "pmm", "ckv" and "pads" (13 blocks, S_PAD1 on) may be missing.
base::Result<std::vector<NamedCard>> parse_images(std::string_view json);
base::Result<std::vector<NamedCard>> load_images(const std::filesystem::path& file);

}  // namespace kazashi::simulator
