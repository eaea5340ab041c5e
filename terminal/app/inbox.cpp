#include "terminal/app/inbox.h"

#include <utility>

namespace kazashi::app {

Inbox::Inbox(std::size_t capacity) : messages_{capacity} {}

bool Inbox::post(Message message) {
    if (!messages_.post(std::move(message))) return false;
    if (!woken_.exchange(true)) wake();
    return true;
}

void Inbox::wake() {
    const std::lock_guard lock{mutex_};
    if (wake_) wake_();
}

void Inbox::post_or_lose(Message message) {
    if (post(std::move(message))) return;
    lost_.store(true);
}

std::optional<Message> Inbox::try_take() {
    // Before the look: a message that comes after it wakes the loop again.
    woken_.store(false);
    return messages_.try_take();
}

std::optional<Message> Inbox::take(std::chrono::milliseconds most) { return messages_.take(most); }

bool Inbox::take_lost() { return lost_.exchange(false); }

void Inbox::wake_by(std::function<void()> wake) {
    const std::lock_guard lock{mutex_};
    wake_ = std::move(wake);
    if (wake_) wake_();  // for what came before
}

}  // namespace kazashi::app
