// A payment card: it answers SELECT of the payment environment, and nothing else is asked of it.
// Source: EMV Book 1, §11.3; PPSE.
#pragma once

#include "cardio/simulator/processor_card.h"

namespace kazashi::simulator {

class BankCard final : public ProcessorCard {
public:
    base::Bytes uid() const override;
    base::Bytes historical() const override;
    base::Bytes answer(base::ByteView apdu) override;
    void power_off() override {}
};

}  // namespace kazashi::simulator
