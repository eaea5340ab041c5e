// Whose My Number card is which: the region is told at a window of the city hall, with the card's certificate.
#pragma once

#include "sync/server/region.h"

namespace kazashi::server {

struct HolderWish {
    base::Bytes certificate;  // DER, of the card's user authentication; it names nobody
    std::string number;       // of the patient
    bool undo{};              // the card is nobody's any more
};
// Into the feed, as an index under the region's key. not_found: no such patient. denied: not issued by an authority of
// the policy's id_card_roots.my_number, or not valid now; undoing asks for neither. malformed, unsupported: no
// certificate of an ID card.
Status link_holder(Records& records, const RegionKeys& keys, const HolderWish& wish, model::UtcTime now);

}  // namespace kazashi::server
