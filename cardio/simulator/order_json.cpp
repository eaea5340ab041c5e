#include "cardio/simulator/order_json.h"

namespace kazashi::simulator {

using nlohmann::json;

namespace {

base::Bytes hex_at(const json& object, const char* key) {
    auto bytes = base::from_hex(object.at(key).get_ref<const std::string&>());
    if (!bytes) throw std::invalid_argument{"hexadecimal"};
    return std::move(*bytes);
}

card::NumberCoding coding_from(const std::string& name) {
    if (name == "ascii") return card::NumberCoding::ascii;
    if (name == "bcd") return card::NumberCoding::bcd;
    if (name == "hexadecimal") return card::NumberCoding::hexadecimal;
    throw std::invalid_argument{"coding"};
}

}  // namespace

Disturbance disturbance_from(const json& fault) {
    const auto kind = disturbance_named(fault.at("kind").get<std::string>());
    const auto layer = fault.value("layer", std::string{"card"});
    if (!kind || (layer != "card" && layer != "reader")) throw std::invalid_argument{"fault"};
    Disturbance out;
    out.kind = *kind;
    out.at = fault.value("at", 1U);
    out.times = fault.value("times", 1U);
    out.layer = layer == "reader" ? Disturbance::Layer::reader : Disturbance::Layer::card;
    out.amount = fault.value("amount", 1U);
    if (out.kind == Disturbance::Kind::status) out.bytes = hex_at(fault, "word");
    if (out.kind == Disturbance::Kind::replace) out.bytes = hex_at(fault, "answer");
    const bool word = out.kind != Disturbance::Kind::status || out.bytes.size() == 2;
    if (out.at == 0 || out.times == 0 || out.amount > 65535 || !word) throw std::invalid_argument{"fault"};
    return out;
}

card::CardProfile profile_from(const json& from) {
    card::CardProfile out;
    out.name = from.value("name", std::string{"profile"});
    out.system = from.at("system").get<std::uint16_t>();
    out.service = from.at("service").get<std::uint16_t>();
    out.blocks = from.at("blocks").get<std::vector<std::uint16_t>>();
    const bool staff = from.value("kind", std::string{"patient"}) == "staff";
    out.kind = staff ? card::CardKind::staff : card::CardKind::patient;
    out.region = from.at("region").get<std::uint16_t>();
    out.coding = coding_from(from.at("coding").get<std::string>());
    out.offset = from.value("offset", std::size_t{0});
    out.length = from.at("length").get<std::size_t>();
    out.prefix = from.value("prefix", std::string{});
    const auto most = std::max_element(out.blocks.begin(), out.blocks.end());
    if (most == out.blocks.end() || *most > 0xFF || out.blocks.size() > 12) throw std::invalid_argument{"blocks"};
    return out;
}

std::vector<Heard> heard_from(const json& list) {
    std::vector<Heard> out;
    for (const auto& one : list) out.push_back({{octets<16>(one.at("rc"))}, octets<8>(one.at("mac"))});
    return out;
}

json heard_json(const std::vector<Heard>& heard) {
    json out = json::array();
    for (const auto& one : heard) out.push_back({{"rc", base::to_hex(one.rc.view())}, {"mac", base::to_hex(one.mac)}});
    return out;
}

}  // namespace kazashi::simulator
