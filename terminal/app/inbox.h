// The main thread's one mailbox: every worker posts here, and the loop is woken. Bounded; posting never blocks.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

#include "cardio/base/mailbox.h"
#include "terminal/app/message.h"

namespace kazashi::app {

class Inbox {
public:
    explicit Inbox(std::size_t capacity);

    // False when full. The sender decides: sync tells again later, the desk and the card reader give up the tap.
    [[nodiscard]] bool post(Message message);
    // For senders that must not wait: when full, the message is gone and lost() says so.
    void post_or_lose(Message message);

    std::optional<Message> try_take();
    // Waits for a message here instead of in the window system: a tap's next step comes sooner this way.
    std::optional<Message> take(std::chrono::milliseconds most);
    // True once after something was lost: whatever lies on the reader must be taken as gone.
    bool take_lost();

    // `wake` is called once per batch of messages, from the sender's thread. Without one nobody sleeps.
    void wake_by(std::function<void()> wake);

private:
    void wake();

    base::Mailbox<Message> messages_;
    std::mutex mutex_;  // of wake_: who sleeps may go away while others still post
    std::function<void()> wake_;
    std::atomic<bool> woken_{false};
    std::atomic<bool> lost_{false};
};

}  // namespace kazashi::app
