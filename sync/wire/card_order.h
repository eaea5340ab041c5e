// POST /v1/card?whose=1: the region makes frames for a card, the terminal carries them there and the answers back, turn
// by turn, until the region says how it ended. An order's frames are sealed to a key that the terminal made for this
// order alone: in one of them stands the key of a card, and nothing on the way is to hold it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cardio/base/secret.h"
#include "cardio/card/card.h"
#include "sync/vault/keys.h"
#include "sync/wire/cbor.h"

namespace kazashi::wire {

using OrderId = base::ByteId<struct OrderIdTag, 16>;

enum class CardPurpose : std::uint8_t {
    issue = 1,    // a first card for this number
    reissue = 2,  // another one; the region revokes those before it
    finish = 3,   // a card that was torn off while it was issued
    verify = 4,   // is this card what it says, and alive?
    capsule = 5,  // new emergency facts onto an issued card
    scrap = 6,    // demonstrations only: no longer a card of the region, as far as it can be undone
};

struct CardOrderBegin {
    CardPurpose purpose{};
    card::CardKind kind{};  // issue, reissue
    std::string number;     // issue, reissue: ten digits; else empty
    bool dry_run{};         // issue, reissue: look, and say what would be written
    card::Idm idm;
    model::SealKey seal;  // of this order alone
    bool operator==(const CardOrderBegin&) const = default;
};
struct CardOrderStep {
    std::optional<OrderId> order;         // none: begin
    std::optional<CardOrderBegin> begin;  // exactly when there is no order yet
    std::vector<Bytes> answers;           // to the frames of the last answer, in order, up to the first silence
    bool operator==(const CardOrderStep&) const = default;
};
Bytes encode(const CardOrderStep& step);
Result<CardOrderStep> decode_card_order_step(ByteView bytes);

enum class CardOutcome : std::uint8_t {
    running = 0,
    done = 1,
    refused = 2,  // nothing more happens to this card; the note says why
    scrap = 3,    // this card can never be one of the region's
};
struct CardHolder {
    card::CardKind kind{};
    std::string number;  // ten digits
    bool operator==(const CardHolder&) const = default;
};
struct CardOrderAnswer {
    OrderId order;
    Bytes frames;  // sealed; empty when it is not running
    std::int64_t step{};
    std::int64_t steps{};
    CardOutcome outcome{};
    std::string note;  // key of a sentence
    // What the card's memory configuration is, and what these frames (dry_run: the whole order) would make of it.
    std::optional<card::Block> mc_now;
    std::optional<card::Block> mc_next;
    // Of the card under way, where nobody has said it: of `finish`, and where it was begun for another number. Only to
    // a terminal that asks with ?whose=1.
    std::optional<CardHolder> whose{};
    bool operator==(const CardOrderAnswer&) const = default;
};
Bytes encode(const CardOrderAnswer& answer);
Result<CardOrderAnswer> decode_card_order_answer(ByteView bytes);

// limit: more frames, or longer ones, than one turn may have. wrong_key: sealed to another key. malformed: not frames
// one after the other, each with its length in front.
Bytes seal_frames(const model::SealKey& to, const std::vector<base::SecretBytes>& frames);
Result<std::vector<base::SecretBytes>> open_frames(const vault::SealingPair& own, ByteView sealed);

}  // namespace kazashi::wire
