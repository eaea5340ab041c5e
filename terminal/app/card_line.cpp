#include "terminal/app/card_line.h"

#include <optional>
#include <utility>

#include "cardio/base/log.h"

namespace kazashi::app {

namespace {

using base::Fault;

// One order after the other, over one connection.
class Clerk {
public:
    explicit Clerk(engine::Transport& line) : line_{line} {}

    base::Result<engine::CardTurn> operator()(state::OrderCard& order) {
        order_.emplace(line_);
        return order_->begin(order.wish, order.idm);
    }
    base::Result<engine::CardTurn> operator()(state::AnswerCard& answer) {
        if (!order_) return base::Error{Fault::out_of_order, "no order was begun"};
        return order_->answer(std::move(answer.answers));
    }

private:
    engine::Transport& line_;
    std::optional<engine::CardOrder> order_;
};

std::uint64_t call_of(const std::variant<state::OrderCard, state::AnswerCard>& task) {
    return std::visit([](const auto& one) { return one.call; }, task);
}

}  // namespace

CardLine::CardLine(OpenLine open, Inbox& inbox) : inbox_{inbox} {
    thread_ = std::thread{[this, open = std::move(open)] { work(open); }};
}

CardLine::~CardLine() {
    cancel_.store(true);
    tasks_.close();
    thread_.join();
}

void CardLine::order(state::OrderCard order) {
    const auto call = order.call;
    hand_over(call, Task{std::move(order)});
}

void CardLine::answer(state::AnswerCard answer) {
    const auto call = answer.call;
    hand_over(call, Task{std::move(answer)});
}

void CardLine::hand_over(std::uint64_t call, Task task) {
    if (tasks_.post(std::move(task))) return;
    inbox_.post_or_lose(state::Event{state::CardOrderFailed{call, Fault::limit}});
}

void CardLine::work(const OpenLine& open) {
    std::unique_ptr<engine::Transport> line;
    std::optional<Clerk> clerk;
    while (auto task = tasks_.take()) {
        if (!line) {
            line = open(cancel_);
            clerk.emplace(*line);
        }
        const auto call = call_of(*task);
        auto turn = std::visit(*clerk, *task);
        if (cancel_.load()) return;
        if (turn) {
            inbox_.post_or_lose(state::Event{state::CardTurned{call, std::move(*turn)}});
        } else {
            base::log(base::LogLevel::warning, "card_line", turn.error().detail);
            inbox_.post_or_lose(state::Event{state::CardOrderFailed{call, turn.fault()}});
        }
    }
}

}  // namespace kazashi::app
