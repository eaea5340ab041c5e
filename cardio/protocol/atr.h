// What an ATR of a contactless reader says about the card's family. It never says which card: all FeliCa cards share
// one. Source: PC/SC Part 3 §3.1; reference felica.md §3.1.
#pragma once

#include <cstdint>
#include <optional>

#include "cardio/base/bytes.h"

namespace kazashi::protocol {

enum class CardFamily {
    felica,      // a storage card ATR that names FeliCa
    storage,     // a storage card ATR of another standard (MIFARE, ISO 15693 …)
    iso14443_4,  // a processor card: bank cards, My Number card, licences
    unrecognised,
};

CardFamily card_family(base::ByteView atr);

// The ATR of PC/SC Part 3 for FeliCa, and of an ISO 14443-4 card with these historical bytes (at most 15), with TCK.
base::Bytes felica_atr();
base::Bytes iso14443_4_atr(base::ByteView historical);

}  // namespace kazashi::protocol
