// The cards a bench has at hand. A card keeps what was written on it from one laying to the next, as things do.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cardio/simulator/card_image.h"
#include "cardio/simulator/field.h"
#include "cardio/simulator/iso_card.h"
#include "cardio/simulator/test_authority.h"
#include "cardio/simulator/virtual_card.h"

namespace kazashi::simulator {

class Shelf {
public:
    Shelf(std::vector<NamedCard> cards, std::filesystem::path authority)
        : named_{std::move(cards)}, authority_folder_{std::move(authority)} {}

    struct Taken {
        std::string name;
        Cards cards;
    };
    // What an order to lay something asks for. not_found: no such card. Throws what nlohmann throws when a field has
    // not the form it should have.
    base::Result<Taken> take(const nlohmann::json& order);
    const std::vector<NamedCard>& named() const { return named_; }
    base::Result<nlohmann::json> authorities();  // PEM by kind of ID card

private:
    base::Result<Taken> named(const nlohmann::json& order);
    base::Result<Taken> foreign(const std::string& kind);
    base::Result<Taken> blank(const nlohmann::json& order);
    base::Result<Taken> id_card(const nlohmann::json& order);
    base::Result<std::shared_ptr<ProcessorCard>> make_id_card(const nlohmann::json& order, std::shared_ptr<Pin> pin);
    base::Result<TestAuthority> authority(card::IdCardKind kind);
    const NamedCard* find(const std::string& name) const;
    std::shared_ptr<VirtualCard> lasting(const NamedCard& card);

    std::vector<NamedCard> named_;
    std::filesystem::path authority_folder_;
    std::map<std::string, std::shared_ptr<VirtualCard>> lasting_;
    std::map<card::Idm, std::shared_ptr<VirtualCard>> blanks_;
    std::map<std::string, std::shared_ptr<Pin>> pins_;  // of ID cards, by kind and holder
    std::map<card::IdCardKind, TestAuthority> authorities_;
};

}  // namespace kazashi::simulator
