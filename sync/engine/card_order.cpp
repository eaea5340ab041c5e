#include "sync/engine/card_order.h"

#include <utility>

#include "sync/wire/tuning.h"

namespace kazashi::engine {

using base::Error;
using base::Fault;

CardOrder::CardOrder(Transport& region) : region_{region} {}

Result<CardTurn> CardOrder::begin(const CardWish& wish, const card::Idm& idm) {
    seal_ = vault::make_sealing_pair();
    order_.reset();
    wire::CardOrderStep step;
    step.begin = {wish.purpose, wish.kind, wish.number, wish.dry_run, idm, seal_.seal};
    return ask(step);
}

Result<CardTurn> CardOrder::answer(std::vector<Bytes> answers) {
    if (!order_) return Error{Fault::out_of_order, "no order was begun"};
    wire::CardOrderStep step;
    step.order = order_;
    step.answers = std::move(answers);
    return ask(step);
}

Result<CardTurn> CardOrder::ask(const wire::CardOrderStep& step) {
    KAZASHI_TRY(const auto bytes, region_.post("/v1/card?whose=1", wire::encode(step), wire::tuning::card_order_bytes));
    KAZASHI_TRY(const auto answer, wire::decode_card_order_answer(bytes));
    if (order_ && answer.order != *order_) return Error{Fault::malformed, "the answer to another order"};
    CardTurn turn{{},          answer.step,   answer.steps,   answer.outcome,
                  answer.note, answer.mc_now, answer.mc_next, answer.whose};
    if (!answer.frames.empty()) {
        KAZASHI_TRY(turn.frames, wire::open_frames(seal_, answer.frames));
    }
    if (answer.outcome == wire::CardOutcome::running && turn.frames.empty())
        return Error{Fault::malformed, "an order that runs on nothing"};
    order_ = answer.order;
    return turn;
}

}  // namespace kazashi::engine
