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
    return exit_failed;
}

int fail_for_card(const std::string& kind) {
    if (kind == "several")
        fmt::print(stderr, "kazashi-card: more than one card lies on the reader; leave one\n");
    else
        fmt::print(stderr, "kazashi-card: this card cannot do that: it is of the kind {}\n", kind);
    return exit_wrong_card;
}

base::Error in_words(const base::Error& error) {
    const auto say = [&](const std::string& sentence) {
        return base::Error{error.fault, sentence + ": " + error.detail};
    };
    switch (error.fault) {
        case base::Fault::reader_off:
            return say("the PC/SC service does not answer; does pcscd run?");
        case base::Fault::denied:
            return say("this user may not use the reader's cards; polkit decides (access_card)");
        case base::Fault::reader_busy:
            return say("another program has the card");
        case base::Fault::card_left:
            return say("the card was taken away, or lies too far off");
        case base::Fault::not_found:
            return {base::Fault::card_left, "the reader was unplugged: " + error.detail};
        case base::Fault::timeout:
            return say("the reader did not answer in time");
        case base::Fault::unsupported:
            return say("the reader cannot talk to this card");
        default:
            return say("what the reader answered makes no sense");
    }
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
