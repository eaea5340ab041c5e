// The cards of the region: issuing them, revoking them, and what each would answer. Only here and in the ledger desk
// are card keys computed; none is kept.
#pragma once

#include <string>
#include <vector>

#include "sync/server/packer.h"
#include "sync/server/region.h"

namespace kazashi::server {

// What goes onto the card; for a demonstration also what the simulated card is made from.
struct CardImage {
    CardRecord card;
    std::string label;
    protocol::CardKey key;
};

protocol::CardKey card_key(const RegionKeys& keys, const CardRecord& card);

struct CardWish {
    card::CardKind kind{};
    std::string number;  // ten digits
    std::string label;   // printed on the demonstration's card; not kept
};
// A number that has a live card keeps it: asking twice gives the same card. A patient's card gets its lock and its
// wraps of every section there is.
Result<CardImage> issue_card(Records& records, const Region& region, const Packer& packer, const CardWish& wish);

// not_found: this number has no live card.
Status revoke_cards(Records& records, card::CardKind kind, const std::string& number);

}  // namespace kazashi::server
