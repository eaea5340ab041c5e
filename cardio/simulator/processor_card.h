// An ISO 14443-4 card as a reader sees it: APDUs in, APDUs out.
#pragma once

#include "cardio/base/bytes.h"

namespace kazashi::simulator {

class ProcessorCard {
public:
    virtual ~ProcessorCard() = default;
    virtual base::Bytes uid() const = 0;         // of Type A, or the PUPI of Type B
    virtual base::Bytes historical() const = 0;  // what the reader's ATR is made of, at most 15 octets
    virtual base::Bytes answer(base::ByteView apdu) = 0;
    virtual void power_off() = 0;  // selection and verified PINs are lost
};

}  // namespace kazashi::simulator
