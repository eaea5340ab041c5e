// One order for a card at the region, from its beginning to its end, over any transport. What a card is told is the
// region's affair: here frames are opened and handed on, and no more is known of them.
#pragma once

#include <string>
#include <vector>

#include "sync/engine/transport.h"
#include "sync/wire/card_order.h"

namespace kazashi::engine {

struct CardWish {
    wire::CardPurpose purpose{};
    card::CardKind kind{};
    std::string number{};
    bool dry_run{};
};

struct CardTurn {
    std::vector<base::SecretBytes> frames;  // to the card, in order
    std::int64_t step{};
    std::int64_t steps{};
    wire::CardOutcome outcome{};
    std::string note;  // key of a sentence
    std::optional<card::Block> mc_now;
    std::optional<card::Block> mc_next;
    std::optional<wire::CardHolder> whose{};  // finish, or begun for another number: of the card under way
};

class CardOrder {
public:
    // The transport outlives the order.
    explicit CardOrder(Transport& region);

    // denied: this terminal may not. Other faults as Transport's; malformed, wrong_key: not an answer to us.
    Result<CardTurn> begin(const CardWish& wish, const card::Idm& idm);
    // The card's answers to the last turn, up to the first silence. After an error, or for a card that was put back:
    // no answers; the region looks at the card again.
    Result<CardTurn> answer(std::vector<Bytes> answers);

private:
    Result<CardTurn> ask(const wire::CardOrderStep& step);

    Transport& region_;
    vault::SealingPair seal_;
    std::optional<wire::OrderId> order_;
};

}  // namespace kazashi::engine
