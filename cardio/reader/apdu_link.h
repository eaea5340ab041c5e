// Something that carries APDUs to a reader with a card: a PC/SC connection, or a virtual reader in a test.
#pragma once

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::reader {

class ApduLink {
public:
    virtual ~ApduLink() = default;
    // The answer with its status word. card_left also when PC/SC reports success with nothing in it.
    virtual base::Result<base::Bytes> transmit(base::ByteView apdu) = 0;
};

}  // namespace kazashi::reader
