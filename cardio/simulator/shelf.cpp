#include "cardio/simulator/shelf.h"

#include <algorithm>
#include <random>

#include "cardio/simulator/bank_card.h"
#include "cardio/simulator/hpki_card.h"
#include "cardio/simulator/jpki_card.h"
#include "cardio/simulator/order_json.h"
#include "cardio/simulator/plain_processor_card.h"
#include "cardio/simulator/standard_card.h"
#include "cardio/simulator/transit_card.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;
using nlohmann::json;

using Taken = Shelf::Taken;

Error no_such() { return {Fault::not_found, "no such card"}; }

card::Idm fresh_idm() {
    std::random_device device;
    card::Idm idm{{0x01, 0x2E}};
    for (std::size_t i = 2; i < idm.bytes.size(); ++i) idm.bytes[i] = static_cast<std::uint8_t>(device() & 0xFFU);
    return idm;
}
card::Idm idm_of(const json& order) {
    return order.contains("idm") ? card::Idm{octets<8>(order.at("idm"))} : fresh_idm();
}

base::Result<Taken> standard(const json& order) {
    auto made =
        card_of_profile(profile_from(order.at("profile")), order.at("number").get<std::string>(), idm_of(order));
    if (!made) return Error{Fault::malformed, "a number that does not fit the profile"};
    return Taken{"standard", {{std::move(made)}}};
}

ApduForms forms_of(const json& order) {
    if (order.value("short", false)) return ApduForms::short_only;
    return order.value("extended_only", false) ? ApduForms::extended_only : ApduForms::all;
}

card::IdCardKind id_card_kind(const json& order) {
    const auto kind = order.at("kind").get<std::string>();
    if (kind != "my_number" && kind != "hpki") throw std::invalid_argument{"kind"};
    return kind == "hpki" ? card::IdCardKind::hpki : card::IdCardKind::my_number;
}

// Becomes part of a file's name.
std::string holder_of(const json& order) {
    const auto holder = order.value("holder", std::string{"holder-1"});
    const bool good = !holder.empty() && holder.size() <= 64 && std::all_of(holder.begin(), holder.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (!good) throw std::invalid_argument{"holder"};
    return holder;
}

}  // namespace

base::Result<Taken> Shelf::take(const json& order) {
    const auto verb = order.at("do").get<std::string>();
    if (verb == "lay_foreign") return foreign(order.at("kind").get<std::string>());
    if (verb == "lay_blank") return blank(order);
    if (verb == "lay_standard") return standard(order);
    if (verb == "lay_id_card") return id_card(order);
    if (verb != "lay") return Error{Fault::not_found, "unknown order"};
    return order.contains("foreign") ? foreign(order.at("foreign").get<std::string>()) : named(order);
}

const NamedCard* Shelf::find(const std::string& name) const {
    const auto found =
        std::find_if(named_.begin(), named_.end(), [&name](const NamedCard& card) { return card.name == name; });
    return found == named_.end() ? nullptr : &*found;
}

std::shared_ptr<VirtualCard> Shelf::lasting(const NamedCard& card) {
    auto& there = lasting_[card.name];
    if (!there) there = std::make_shared<VirtualCard>(card.image);
    return there;
}

base::Result<Taken> Shelf::named(const json& order) {
    const auto* card = find(order.value("card", std::string{}));
    if (!card) return no_such();
    Taken out{card->name, {}};
    const bool imitation = order.contains("ck") || order.contains("replay") || order.contains("chip");
    if (imitation) {
        auto image = card->image.clone();
        if (order.contains("ck")) image.ck = protocol::CardKey{octets<16>(order.at("ck"))};
        if (order.value("chip", std::string{}) == "lite") image.pmm.bytes[1] = 0xF0;
        auto made = std::make_shared<VirtualCard>(image);
        if (order.contains("replay")) made->replay(heard_from(order.at("replay")));
        out.cards.felica.push_back(std::move(made));
    } else {
        out.cards.felica.push_back(lasting(*card));
    }
    if (!order.contains("with")) return out;
    const auto with = order.at("with").get<std::string>();
    if (const auto* other = find(with)) {
        out.cards.felica.push_back(lasting(*other));
        return out;
    }
    KAZASHI_TRY(auto other, foreign(with));
    out.cards.felica.insert(out.cards.felica.end(), other.cards.felica.begin(), other.cards.felica.end());
    out.cards.processor = std::move(other.cards.processor);
    return out;
}

base::Result<Taken> Shelf::foreign(const std::string& kind) {
    if (kind == "transit") return Taken{kind, {{std::make_shared<TransitCard>()}}};
    if (kind == "money") return Taken{kind, {{std::make_shared<MoneyCard>()}}};
    if (kind == "bank") return Taken{kind, {{}, std::make_shared<BankCard>()}};
    if (kind == "licence") return Taken{kind, {{}, std::make_shared<PlainProcessorCard>()}};
    if (kind == "storage") return Taken{kind, {{}, {}, true}};
    if (kind == "empty_lite_s") return Taken{kind, {{std::make_shared<VirtualCard>(VirtualCard::blank(fresh_idm()))}}};
    return Error{Fault::not_found, "no such foreign card"};
}

base::Result<Taken> Shelf::blank(const json& order) {
    const auto idm = idm_of(order);
    auto& there = blanks_[idm];
    const auto chip = order.value("chip", std::string{}) == "lite" ? card::Chip::lite : card::Chip::lite_s;
    if (!there || order.value("fresh", false)) there = std::make_shared<VirtualCard>(VirtualCard::blank(idm, chip));
    return Taken{"blank", {{there}}};
}

base::Result<TestAuthority> Shelf::authority(card::IdCardKind kind) {
    if (const auto known = authorities_.find(kind); known != authorities_.end()) return known->second;
    KAZASHI_TRY(auto opened, TestAuthority::open(kind, authority_folder_));
    authorities_.emplace(kind, opened);
    return opened;
}

base::Result<json> Shelf::authorities() {
    KAZASHI_TRY(const auto my_number, authority(card::IdCardKind::my_number));
    KAZASHI_TRY(const auto hpki, authority(card::IdCardKind::hpki));
    return json{{"my_number", my_number.certificate_pem()}, {"hpki", hpki.certificate_pem()}};
}

base::Result<Taken> Shelf::id_card(const json& order) {
    const auto kind = id_card_kind(order);
    const auto name = (kind == card::IdCardKind::hpki ? "hpki-" : "my_number-") + holder_of(order);
    auto& pin = pins_[name];
    if (!pin) pin = std::make_shared<Pin>("1234");
    if (order.contains("pin")) pin->change(order.at("pin").get<std::string>());
    if (order.contains("tries")) pin->set_tries(order.at("tries").get<unsigned>());
    KAZASHI_TRY(auto made, make_id_card(order, pin));
    return Taken{name, {{}, std::move(made)}};
}

base::Result<std::shared_ptr<ProcessorCard>> Shelf::make_id_card(const json& order, std::shared_ptr<Pin> pin) {
    using Purpose = TestAuthority::Purpose;
    const auto kind = id_card_kind(order);
    const auto validity =
        order.value("expired", false) ? TestAuthority::Validity::expired : TestAuthority::Validity::now;
    KAZASHI_TRY(auto issuer, authority(kind));
    KAZASHI_TRY(auto key, issuer.key_of(holder_of(order), Purpose::authentication, validity));
    if (kind == card::IdCardKind::my_number)
        return std::shared_ptr<ProcessorCard>{
            std::make_shared<JpkiCard>(std::move(key), std::move(pin), forms_of(order))};
    const auto variant = order.value("variant", std::string{"guideline"});
    if (variant != "guideline" && variant != "jma") throw std::invalid_argument{"variant"};
    KAZASHI_TRY(auto signing, issuer.key_of(holder_of(order), Purpose::documents, validity));
    const auto hpki_issuer = variant == "jma" ? HpkiIssuer::association : HpkiIssuer::guideline;
    return std::shared_ptr<ProcessorCard>{
        std::make_shared<HpkiCard>(std::move(signing), std::move(key), std::move(pin), hpki_issuer, forms_of(order))};
}

}  // namespace kazashi::simulator
