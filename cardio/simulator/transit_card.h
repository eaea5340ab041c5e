// A FeliCa Standard card of a railway: it answers Polling for its own systems, and no Kazashi card is on it.
#pragma once

#include "cardio/simulator/felica_card.h"

namespace kazashi::simulator {

class TransitCard final : public FelicaCard {
public:
    card::Idm idm() const override;
    protocol::Pmm pmm() const override;
    std::optional<base::Bytes> answer(base::ByteView frame) override;
    void power_off() override {}
};

}  // namespace kazashi::simulator
