// Issuing cards through a terminal: POST /v1/card. The terminal carries frames to a card and answers back; every
// decision and every key is here. A card under way is remembered by its IDm, so that one that was torn off is finished,
// by this order or a later one. The key of a card goes out only while the card is not one of the region's yet, sealed
// to the order's own key.
#pragma once

#include <functional>
#include <optional>

#include "sync/server/packer.h"

namespace kazashi::server {

class CardDesk {
public:
    // What S_PAD1 to S_PAD13 of this patient's card shall hold: sealed emergency facts. Nothing: no such facts.
    using PadsOf = std::function<Result<std::optional<protocol::Pads>>(Records&, const CardRecord&, model::UtcTime)>;

    // Region and packer outlive the desk. Without `pads_of` S_PAD1 to S_PAD13 of a Lite-S stay as they are; those of a
    // Lite, which anybody could write or nobody could renew, stay empty whatever there is.
    CardDesk(const Region& region, const Packer& packer, PadsOf pads_of = {})
        : region_{region}, packer_{packer}, pads_of_{std::move(pads_of)} {}

    // One turn. denied: this terminal may not, or it is another's order. Everything else that stands in the way is an
    // answer with an outcome and a note (card_notes.h).
    Result<wire::CardOrderAnswer> step(Records& records, const TerminalRecord& terminal,
                                       const wire::CardOrderStep& step, model::UtcTime now) const;

private:
    struct Call;  // one step: what every function below needs
    Result<wire::CardOrderAnswer> begin(Call& call, const wire::CardOrderBegin& wish) const;
    Result<wire::CardOrderAnswer> go_on(Call& call, const std::vector<Bytes>& answers) const;
    Result<std::optional<CardRecord>> card_under_way(Call& call) const;
    Result<const char*> what_stands_in_the_way(Call& call, const wire::CardOrderBegin& wish) const;
    Result<const char*> prepare_new(Call& call, const wire::CardOrderBegin& wish) const;
    Result<wire::CardOrderAnswer> looked(Call& call, protocol::Turn turn) const;
    Result<wire::CardOrderAnswer> verified(Call& call, const protocol::Turn& turn) const;
    Result<wire::CardOrderAnswer> erased(Call& call, const protocol::Turn& turn) const;
    Result<wire::CardOrderAnswer> cleared(Call& call, protocol::CardStage stage, const char* note) const;
    Result<wire::CardOrderAnswer> doubted(Call& call, wire::CardOutcome outcome, const char* note) const;
    Result<wire::CardOrderAnswer> whole(Call& call, card::Chip chip) const;
    Result<wire::CardOrderAnswer> carry_on(Call& call, protocol::Turn turn, const char* note = "") const;
    Result<wire::CardOrderAnswer> end(Call& call, wire::CardOutcome outcome, const char* note) const;
    static bool lies(const Call& call, const protocol::Turn& turn);
    static std::optional<wire::CardHolder> holder_of(const Call& call);
    protocol::IssuePlan plan_of(const CardOrder& order, const CardRecord& card) const;

    const Region& region_;
    const Packer& packer_;
    PadsOf pads_of_;
};

}  // namespace kazashi::server
