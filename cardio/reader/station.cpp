#include "cardio/reader/station.h"

#include <future>
#include <optional>
#include <thread>
#include <utility>

#include "cardio/base/log.h"
#include "cardio/reader/session_thread.h"

namespace kazashi::reader {

// Shared with the session thread: one that waits for a call into the reader service is left behind with its part, so
// that a terminal ends although another program holds the card.
struct Station::Parts {
    Parts(StationOptions options, Post post)
        : session{std::make_shared<SessionThread>(std::move(options), std::move(post))} {
        std::promise<void> end;
        ended = end.get_future();
        thread = std::thread{[session = session, end = std::move(end)]() mutable {
            session->run();
            end.set_value();
        }};
        session->start_monitors();
    }

    std::shared_ptr<SessionThread> session;
    std::future<void> ended;
    std::thread thread;
};

Station::Station(StationOptions options, Post post)
    : parts_{std::make_unique<Parts>(std::move(options), std::move(post))} {}

Station::~Station() {
    parts_->session->stop();
    if (parts_->ended.wait_for(tuning::last_wait) == std::future_status::ready) {
        parts_->thread.join();
        return;
    }
    base::log(base::LogLevel::warning, "station", "a call into the reader service does not come back");
    parts_->thread.detach();
}

void Station::prove(card::SessionNumber session, std::vector<card::Challenge> challenges) {
    parts_->session->order({session, ProveOrder{std::move(challenges)}});
}
void Station::read_pads(card::SessionNumber session) { parts_->session->order({session, PadsOrder{}}); }
void Station::relay(card::SessionNumber session, std::vector<base::SecretBytes> frames) {
    parts_->session->order({session, RelayOrder{std::move(frames)}});
}
void Station::sign(card::SessionNumber session, base::SecretBytes pin, const card::Digest& digest) {
    parts_->session->order({session, SignOrder{std::move(pin), digest}});
}

}  // namespace kazashi::reader
