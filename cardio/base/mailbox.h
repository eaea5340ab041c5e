// A bounded queue between threads: one side posts values, the other takes them. Everything that crosses a thread
// goes through one of these (style.md, 12).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace kazashi::base {

template <class T>
class Mailbox {
public:
    explicit Mailbox(std::size_t capacity) : capacity_{capacity} {}

    // False when full or closed: the sender decides what that means, nothing is dropped silently.
    [[nodiscard]] bool post(T item) {
        {
            const std::lock_guard lock{mutex_};
            if (closed_ || items_.size() >= capacity_) return false;
            items_.push_back(std::move(item));
        }
        ready_.notify_one();
        return true;
    }

    // Waits until there is an item, the mailbox is closed, or the time is up. A closed mailbox is drained first.
    std::optional<T> take(std::chrono::milliseconds timeout) {
        std::unique_lock lock{mutex_};
        ready_.wait_for(lock, timeout, [this] { return closed_ || !items_.empty(); });
        return pop();
    }
    std::optional<T> take() {
        std::unique_lock lock{mutex_};
        ready_.wait(lock, [this] { return closed_ || !items_.empty(); });
        return pop();
    }
    std::optional<T> try_take() {
        const std::lock_guard lock{mutex_};
        return pop();
    }

    void close() {
        {
            const std::lock_guard lock{mutex_};
            closed_ = true;
        }
        ready_.notify_all();
    }
    bool closed() const {
        const std::lock_guard lock{mutex_};
        return closed_;
    }

private:
    std::optional<T> pop() {
        if (items_.empty()) return std::nullopt;
        std::optional<T> item{std::move(items_.front())};
        items_.pop_front();
        return item;
    }

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<T> items_;
    bool closed_{false};
};

}  // namespace kazashi::base
