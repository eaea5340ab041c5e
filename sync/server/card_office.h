// The cards of the region: making them, revoking them, and what each would answer. Card keys are computed where they
// are needed; none is kept.
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

bool is_card_number(const std::string& number);  // ten digits
Result<std::optional<CardRecord>> live_card(Records& records, card::CardKind kind, const std::string& number);

// What a card with this IDm shall be: its ID block drawn until the key that follows from it is not weak. Not kept yet.
CardRecord new_card(const Region& region, card::CardKind kind, const std::string& number, const card::Idm& idm);
// From `card.issued_at` on it is a card of the region. A patient's gets its lock and its wraps of every section there
// is.
Status put_in_service(Records& records, const Packer& packer, const CardRecord& card);

// ---- cards made as files, for a demonstration
struct CardWish {
    card::CardKind kind{};
    std::string number;  // ten digits
    std::string label;   // printed on the demonstration's card; not kept
};
// A number that has a live card keeps it: asking twice gives the same card. It counts as in service ever since.
Result<CardImage> issue_card(Records& records, const Region& region, const Packer& packer, const CardWish& wish);

// Nobody believes it from now on: the feed says so.
Status revoke_card(Records& records, const CardRecord& card);
// Every live card of this number that was in service at `at`, and the old one it may have (old_cards.h). not_found: it
// has none.
Status revoke_cards(Records& records, const RegionKeys& keys, card::CardKind kind, const std::string& number,
                    model::UtcTime at = model::UtcTime::max());

}  // namespace kazashi::server
