// An ISO 14443-4 card with nothing on it that we know: a licence, a passport, an employee's card.
#pragma once

#include "cardio/simulator/iso_command.h"
#include "cardio/simulator/processor_card.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

class PlainProcessorCard final : public ProcessorCard {
public:
    base::Bytes uid() const override { return {0x08, 0x77, 0x00, 0x11}; }
    base::Bytes historical() const override { return {0x00, 0x4B, 0x5A}; }
    base::Bytes answer(base::ByteView apdu) override {
        const auto command = take_apart_apdu(apdu);
        if (!command) return status(word::wrong_length);
        return status(command->ins == instruction::select ? word::not_found : word::unknown_instruction);
    }
    void power_off() override {}
};

}  // namespace kazashi::simulator
