#include "cardio/reader/overdue.h"

#include <utility>

namespace kazashi::reader {

Overdue::Overdue(std::function<void(card::SessionNumber)> tell) : tell_{std::move(tell)}, thread_{[this] { run(); }} {}

Overdue::~Overdue() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Overdue::begin(card::SessionNumber session, std::chrono::milliseconds limit) {
    {
        const std::lock_guard lock{mutex_};
        working_ = session;
        limit_ = limit;
        ++works_;
        told_ = false;
    }
    changed_.notify_all();
}

bool Overdue::end() {
    const std::lock_guard lock{mutex_};
    working_.reset();
    changed_.notify_all();
    return std::exchange(told_, false);
}

void Overdue::run() {
    std::unique_lock lock{mutex_};
    while (!stop_) {
        changed_.wait(lock, [this] { return stop_ || (working_ && !told_); });
        const auto work = works_;
        const bool done =
            changed_.wait_for(lock, limit_, [this, work] { return stop_ || !working_ || works_ != work; });
        if (done || !working_) continue;
        told_ = true;
        tell_(*working_);
    }
}

}  // namespace kazashi::reader
