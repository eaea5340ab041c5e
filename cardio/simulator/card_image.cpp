#include "cardio/simulator/card_image.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cardio/simulator/order_json.h"
#include "cardio/simulator/tuning.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;
using nlohmann::json;

NamedCard read_card(const json& object) {
    NamedCard card;
    card.name = object.at("name").get<std::string>();
    card.kind = object.at("kind").get<std::string>();
    card.label = object.value("label", std::string{});
    card.image.idm.bytes = octets<8>(object.at("idm"));
    if (object.contains("pmm")) card.image.pmm.bytes = octets<8>(object.at("pmm"));
    card.image.id.bytes = octets<16>(object.at("id"));
    card.image.s_pad0.bytes = octets<16>(object.at("s_pad0"));
    auto ck = octets<16>(object.at("ck"));
    card.image.ck = protocol::CardKey{ck};
    base::wipe(ck.data(), ck.size());
    card.image.ckv = object.value("ckv", std::uint16_t{1});
    if (!object.contains("pads")) return card;
    for (std::size_t i = 0; i < card.image.pads.size(); ++i)
        card.image.pads[i].bytes = octets<16>(object.at("pads").at(i));
    return card;
}

}  // namespace

// nlohmann throws on bad input; nothing of its text is repeated, because it may hold a key.
base::Result<std::vector<NamedCard>> parse_images(std::string_view text) {
    std::vector<NamedCard> cards;
    try {
        const auto file = json::parse(text);
        for (const auto& object : file.at("cards")) cards.push_back(read_card(object));
    } catch (const std::exception&) {
        return Error{Fault::malformed, "card image " + std::to_string(cards.size())};
    }
    return cards;
}

base::Result<std::vector<NamedCard>> load_images(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) return Error{Fault::not_found, "no file of card images"};
    if (size > tuning::image_file) return Error{Fault::limit, "file of card images"};
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) return Error{Fault::io, "file of card images"};
    return parse_images(text);
}

}  // namespace kazashi::simulator
