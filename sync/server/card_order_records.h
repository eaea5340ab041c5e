// What a terminal is doing to a card just now, turn by turn. It is in the database, so that the region may stop and go
// on between two turns.
#pragma once

#include <optional>
#include <string>

#include "cardio/protocol/issuance.h"
#include "sync/wire/card_order.h"

namespace kazashi::server {

struct CardOrder {
    wire::OrderId id;
    model::TerminalId terminal;
    wire::CardPurpose purpose{};
    bool dry_run{};
    card::Idm idm;
    model::SealKey seal;                 // frames are sealed to it
    std::optional<protocol::Pads> pads;  // S_PAD1 to S_PAD13 as they shall be
    protocol::Asked asked;               // the last turn
    std::optional<protocol::CardStage> stage;
    bool erasing{};
    int doubts{};  // turns that led nowhere
    int torn{};    // turns in a row of which an answer was missing
    wire::CardOutcome outcome{};
    std::string note;
    model::UtcTime touched_at;
};

class CardOrderRecords {
public:
    virtual base::Result<std::optional<CardOrder>> card_order(const wire::OrderId& id) = 0;
    virtual base::Status put_card_order(const CardOrder& order) = 0;  // replaces one of the same id
    // This terminal's running orders are over; what was over before goes.
    virtual base::Status close_card_orders(const model::TerminalId& terminal) = 0;

protected:
    ~CardOrderRecords() = default;
};

}  // namespace kazashi::server
