// Notices a call into the reader service that does not come back: another program's transaction, or a reader that
// hangs. Such a call cannot be cancelled (SCardTransmit, SCardBeginTransaction and SCardConnect wait inside pcscd), so
// the person is told, and what the call brings in the end belongs to nobody.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "cardio/card/card.h"

namespace kazashi::reader {

class Overdue {
public:
    // `tell` comes from a thread of its own, once per work and before its end() returns true.
    explicit Overdue(std::function<void(card::SessionNumber)> tell);
    ~Overdue();
    Overdue(const Overdue&) = delete;
    Overdue& operator=(const Overdue&) = delete;

    void begin(card::SessionNumber session, std::chrono::milliseconds limit);
    bool end();  // whether it was told

private:
    void run();

    const std::function<void(card::SessionNumber)> tell_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<card::SessionNumber> working_;
    std::chrono::milliseconds limit_{};
    std::uint64_t works_{0};
    bool told_{false};
    bool stop_{false};
    std::thread thread_;
};

}  // namespace kazashi::reader
