// A FeliCa Standard card as a reader without keys sees it: systems, their services, blocks that need no key.
// Source: reference felica.md §1.2 to §1.7.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "cardio/card/profile.h"
#include "cardio/simulator/felica_card.h"

namespace kazashi::simulator {

class StandardCard : public FelicaCard {
public:
    struct Service {
        std::uint16_t code{};
        std::vector<card::Block> blocks;
    };
    struct System {
        std::uint16_t code{};
        std::vector<Service> services;
    };
    // `idm` is that of system 0; the others answer with their number in its upper nibble.
    StandardCard(const card::Idm& idm, const protocol::Pmm& pmm, std::vector<System> systems)
        : idm_{idm}, pmm_{pmm}, systems_{std::move(systems)} {}

    card::Idm idm() const override { return idm_; }
    protocol::Pmm pmm() const override { return pmm_; }
    std::optional<base::Bytes> answer(base::ByteView frame) override;
    void power_off() override {}

private:
    card::Idm idm_of(std::size_t system) const;
    std::optional<base::Bytes> answer_polling(base::ByteView frame) const;
    base::Bytes access(const Command& command, System& system) const;
    std::optional<base::Bytes> inquire(std::uint8_t code, const card::Idm& idm, base::ByteView body,
                                       const System& system) const;

    card::Idm idm_;
    protocol::Pmm pmm_;
    std::vector<System> systems_;
};

// A card of an older system, as `profile` describes it, with this number on it (ten digits, beginning with the
// profile's prefix). nullptr: the number does not fit the profile.
std::shared_ptr<StandardCard> card_of_profile(const card::CardProfile& profile, std::string_view number,
                                              const card::Idm& idm);

}  // namespace kazashi::simulator
