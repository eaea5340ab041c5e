// The transports, one file a dialect; made by make_transport. Links and traits must outlive them.
#pragma once

#include <memory>

#include "cardio/reader/traits.h"
#include "cardio/reader/transport.h"

namespace kazashi::reader {

std::unique_ptr<Transport> make_direct(ApduLink& link);
std::unique_ptr<Transport> make_pn532(ApduLink& link);
std::unique_ptr<Transport> make_transparent(ApduLink& link);
std::unique_ptr<Transport> make_identiv(ApduLink& link, ReaderTraits& traits);
std::unique_ptr<Transport> make_plain(ApduLink& link);

}  // namespace kazashi::reader
