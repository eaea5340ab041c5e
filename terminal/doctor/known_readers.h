// Readers we know by their USB ids: what a machine has to have for them, and what they can do at all.
// Sources: reference felica.md §3 and §6.2; the lists of supported readers of libccid and
// acsccid.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kazashi::doctor {

struct KnownReader {
    std::uint16_t vendor;
    std::uint16_t product;
    std::string_view name;                         // as pcscd's driver spells the part that tells it from others
    enum class Linux { ccid, none } linux_driver;  // none: only programs of its own can use it, no reader service
    bool felica;
};

const KnownReader* known_reader(std::uint16_t vendor, std::uint16_t product);
// By the name the reader service lists it under.
const KnownReader* known_reader(std::string_view listed);
// The slot inside a reader for its own key card (SAM): listed like a reader, but no card is ever held over it.
bool is_key_slot(std::string_view listed);

}  // namespace kazashi::doctor
