// The cards the region has issued. Their keys are not here: they are diversified from the master key when needed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cardio/base/result.h"
#include "cardio/card/card.h"
#include "sync/model/ids.h"

namespace kazashi::server {

struct CardRecord {
    model::CardIndex index;
    card::Idm idm;
    card::Block id;  // block 82h: what the card key is diversified from
    card::Block s_pad0;
    card::RegionalRecord record;
    card::Challenge first;  // the lock's two challenges, once per card
    card::Challenge second;
    bool revoked{};
    card::Chip chip{card::Chip::lite_s};  // which MAC its proofs are
    model::UtcTime issued_at{};           // put in service; none: before that was kept
};

// A card under way: a terminal carries the region's frames to it. It becomes a CardRecord when it is whole.
struct BegunCard {
    CardRecord card;
    bool locked{};  // frames that lock it have been given out: from then on it can become no other card
    model::UtcTime begun_at;
};

class CardRecords {
public:
    virtual base::Result<std::optional<CardRecord>> card_of(const card::Idm& idm) = 0;
    virtual base::Result<std::vector<CardRecord>> cards_of(card::CardKind kind, const std::string& number) = 0;
    virtual base::Status put_card(const CardRecord& card) = 0;
    virtual base::Status revoke_card(const model::CardIndex& index) = 0;

    virtual base::Result<std::optional<BegunCard>> begun_card(const card::Idm& idm) = 0;
    virtual base::Status put_begun_card(const BegunCard& card) = 0;  // replaces one of the same IDm
    virtual base::Status drop_begun_card(const card::Idm& idm) = 0;

protected:
    ~CardRecords() = default;
};

}  // namespace kazashi::server
