#include "terminal/card_tool/tell.h"

#include <fmt/core.h>

#include "cardio/base/log.h"
#include "terminal/card_tool/verb.h"

namespace kazashi::card_tool {

using nlohmann::json;

namespace {

const char* foreign(card::ForeignCard kind) {
    switch (kind) {
        case card::ForeignCard::transit:
            return "transit";
        case card::ForeignCard::bank:
            return "bank";
        case card::ForeignCard::money:
            return "money";
        case card::ForeignCard::processor:
            return "processor";
        case card::ForeignCard::storage:
            return "storage";
        case card::ForeignCard::empty_lite_s:
            return "empty_lite_s";
        case card::ForeignCard::other_region:
            return "other_region";
        case card::ForeignCard::unknown:
            return "unknown";
    }
    return "unknown";
}

const char* chip(card::Chip which) {
    switch (which) {
        case card::Chip::lite_s:
            return "lite_s";
        case card::Chip::lite:
            return "lite";
        case card::Chip::standard:
            return "standard";
    }
    return "unknown";
}

struct KindOf {
    std::string operator()(const reader::Several&) const { return "several"; }
    std::string operator()(const card::Identity& identity) const {
        return identity.record.kind == card::CardKind::patient ? "patient" : "staff";
    }
    std::string operator()(const card::ForeignCard& kind) const { return foreign(kind); }
    std::string operator()(const reader::IdCard& card) const {
        return card.kind == card::IdCardKind::hpki ? "hpki" : "my_number";
    }
};

}  // namespace

int fail(const base::Error& error) {
    fmt::print(stderr, "kazashi-card: {} ({})\n", error.detail, base::name(error.fault));
    return error.fault == base::Fault::not_found ? exit_no_card : exit_failed;
}

std::string kind_of(const reader::Sight& sight) { return std::visit(KindOf{}, sight); }

json describe(const std::string& reader_name, const reader::Sight& sight, bool show) {
    json out{{"reader", reader_name}, {"kind", kind_of(sight)}};
    if (const auto* id_card = std::get_if<reader::IdCard>(&sight); id_card && id_card->tries_left)
        out["tries_left"] = *id_card->tries_left;
    const auto* identity = std::get_if<card::Identity>(&sight);
    if (!identity) return out;
    out["chip"] = chip(identity->chip);
    if (!identity->profile.empty()) out["profile"] = identity->profile;
    out["region"] = identity->record.region;
    out["idm"] = show ? base::to_hex(identity->idm.view()) : base::masked(identity->idm.view());
    out["number"] = show ? identity->record.number : base::masked(base::as_bytes(identity->record.number));
    return out;
}

void print(const json& object, bool as_json) {
    if (as_json) {
        fmt::print("{}\n", object.dump());
        return;
    }
    for (const auto& [key, value] : object.items())
        fmt::print("{}: {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
}

}  // namespace kazashi::card_tool
