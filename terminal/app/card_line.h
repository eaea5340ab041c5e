// Orders for cards, brought to the region on a thread and a connection of their own: the sync round may be busy with a
// long transfer while somebody waits with a card in their hand.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <variant>

#include "cardio/base/mailbox.h"
#include "sync/engine/card_order.h"
#include "terminal/app/inbox.h"
#include "terminal/app/tuning.h"

namespace kazashi::app {

class CardLine {
public:
    // Made on the thread, when the first order comes. `cancel` becomes true at the end.
    using OpenLine = std::function<std::unique_ptr<engine::Transport>(const std::atomic<bool>& cancel)>;

    CardLine(OpenLine open, Inbox& inbox);
    ~CardLine();  // ends a running call and joins
    CardLine(const CardLine&) = delete;
    CardLine& operator=(const CardLine&) = delete;

    // Each is answered by CardTurned or CardOrderFailed of the same call; one that finds no room by the latter.
    void order(state::OrderCard order);
    void answer(state::AnswerCard answer);

private:
    using Task = std::variant<state::OrderCard, state::AnswerCard>;
    void hand_over(std::uint64_t call, Task task);
    void work(const OpenLine& open);

    Inbox& inbox_;
    std::atomic<bool> cancel_{false};
    base::Mailbox<Task> tasks_{tuning::card_line_tasks};
    std::thread thread_;
};

}  // namespace kazashi::app
