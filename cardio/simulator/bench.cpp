#include "cardio/simulator/bench.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

#include "cardio/simulator/transit_card.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;
using nlohmann::json;

template <std::size_t N>
std::array<std::uint8_t, N> octets(const json& hex) {
    const auto bytes = base::from_hex(hex.get_ref<const std::string&>());
    if (!bytes || bytes->size() != N) throw std::invalid_argument{"hexadecimal"};
    std::array<std::uint8_t, N> out{};
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

json heard_json(const std::vector<Heard>& heard) {
    json out = json::array();
    for (const auto& one : heard) out.push_back({{"rc", base::to_hex(one.rc.view())}, {"mac", base::to_hex(one.mac)}});
    return out;
}

json cards_json(const std::vector<NamedCard>& cards) {
    json out = json::array();
    for (const auto& card : cards) out.push_back({{"name", card.name}, {"kind", card.kind}, {"label", card.label}});
    return out;
}

std::string good(json answer = json::object()) {
    answer["ok"] = true;
    return answer.dump();
}
std::string bad(std::string_view why) { return json{{"ok", false}, {"error", why}}.dump(); }

card::Idm fresh_idm() {
    std::random_device device;
    card::Idm idm{{0x01, 0x2E}};
    for (std::size_t i = 2; i < idm.bytes.size(); ++i) idm.bytes[i] = static_cast<std::uint8_t>(device() & 0xFFU);
    return idm;
}

}  // namespace

struct Bench::Order {
    std::string card;
    std::optional<std::string> foreign;
    std::optional<std::string> with;
    std::optional<std::array<std::uint8_t, 16>> ck;
    std::optional<unsigned> leave_after;
    std::optional<std::vector<Heard>> replay;

    static Order from(const json& object) {
        Order order;
        order.card = object.value("card", std::string{});
        if (object.contains("foreign")) order.foreign = object.at("foreign").get<std::string>();
        if (object.contains("with")) order.with = object.at("with").get<std::string>();
        if (object.contains("ck")) order.ck = octets<16>(object.at("ck"));
        if (object.contains("leave_after")) order.leave_after = object.at("leave_after").get<unsigned>();
        if (!object.contains("replay")) return order;
        order.replay.emplace();
        for (const auto& one : object.at("replay"))
            order.replay->push_back({{octets<16>(one.at("rc"))}, octets<8>(one.at("mac"))});
        return order;
    }
};

Bench::Bench(std::vector<NamedCard> cards, VpcdAddress address, protocol::Dialect dialect)
    : cards_{std::move(cards)}, address_{std::move(address)}, reader_{dialect} {}

std::string Bench::obey(std::string_view text) {
    try {
        const auto object = json::parse(text);
        const auto order = object.at("do").get<std::string>();
        if (order == "list") return good({{"cards", cards_json(cards_)}, {"on", on_ ? json(*on_) : json(nullptr)}});
        if (order == "trace")
            return good({{"exchanges", heard_json(reader_.heard())}, {"frames", reader_.exchanges()}});
        if (order == "take") {
            take();
            return good();
        }
        if (order != "lay") return bad("unknown order");
        const auto laid = lay(Order::from(object));
        return laid ? good() : bad(laid.error().detail);
    } catch (const std::exception&) {
        return bad("not an order");  // the library's own text may repeat a key
    }
}

const NamedCard* Bench::find(const std::string& name) const {
    const auto found =
        std::find_if(cards_.begin(), cards_.end(), [&name](const NamedCard& card) { return card.name == name; });
    return found == cards_.end() ? nullptr : &*found;
}

base::Status Bench::lay(const Order& order) {
    if (order.foreign) return lay_foreign(*order.foreign);
    const auto* card = find(order.card);
    const auto* other = order.with ? find(*order.with) : nullptr;
    if (!card || (order.with && !other)) return Error{Fault::not_found, "no such card"};
    auto image = card->image.clone();
    if (order.ck) image.ck = protocol::CardKey{*order.ck};
    auto first = std::make_unique<VirtualCard>(image);
    if (order.replay) first->replay(*order.replay);
    take();
    reader_.lay(std::move(first), other ? std::make_unique<VirtualCard>(other->image) : nullptr);
    if (order.leave_after) reader_.leave_after(*order.leave_after);
    put_on(card->name);
    return base::ok();
}

base::Status Bench::lay_foreign(const std::string& kind) {
    if (kind != "transit" && kind != "bank" && kind != "empty_lite_s")
        return Error{Fault::not_found, "no such foreign card"};
    take();
    if (kind == "transit") reader_.lay(std::make_unique<TransitCard>());
    if (kind == "bank") reader_.lay_bank_card();
    if (kind == "empty_lite_s") reader_.lay(std::make_unique<VirtualCard>(VirtualCard::blank(fresh_idm())));
    put_on(kind);
    return base::ok();
}

void Bench::put_on(std::string name) {
    on_ = std::move(name);
    keep_linked();
}

void Bench::take() {
    link_.reset();
    reader_.take();
    on_.reset();
}

void Bench::keep_linked() {
    if (!waits_for_reader()) return;
    if (auto link = VpcdLink::connect(address_)) link_ = std::move(*link);
}

void Bench::serve() {
    const auto served = link_->serve(reader_);
    if (served) return;
    if (served.fault() == Fault::card_left) {
        link_.reset();  // what was heard stays for {"do":"trace"}
        reader_.leave();
        on_.reset();
        return;
    }
    link_.reset();
    reader_.power_off();
}

}  // namespace kazashi::simulator
