// A terminal's ears at a card station, for tests of it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "cardio/protocol/felica_lite_s.h"
#include "cardio/reader/station.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

namespace kazashi::test {

using card::CardEvent;
using card::CardGone;
using card::CardSeen;
using card::Proved;
using card::ReaderState;
using namespace std::chrono_literals;

inline constexpr std::uint16_t region = 44;

// A terminal's ears. Every event must come in the order the test expects; only reader states may come between.
class Ears {
public:
    void hear(CardEvent event) {
        {
            const std::lock_guard lock{mutex_};
            events_.push_back(std::move(event));
        }
        heard_.notify_all();
    }
    std::optional<CardEvent> next(std::chrono::milliseconds timeout = 15s) {
        std::unique_lock lock{mutex_};
        if (!heard_.wait_for(lock, timeout, [this] { return !events_.empty(); })) return std::nullopt;
        auto event = std::move(events_.front());
        events_.pop_front();
        return event;
    }
    template <class Event>
    Event expect() {
        while (true) {
            auto event = next();
            REQUIRE(event.has_value());
            if (auto* const wanted = std::get_if<Event>(&*event)) return std::move(*wanted);
            REQUIRE(std::holds_alternative<ReaderState>(*event));
        }
    }
    void expect_service(ReaderState::Service service) {
        while (expect<ReaderState>().service != service) {
        }
    }
    bool silent(std::chrono::milliseconds time) { return !next(time); }

private:
    std::mutex mutex_;
    std::condition_variable heard_;
    std::deque<CardEvent> events_;
};

struct Terminal {
    explicit Terminal(reader::StationOptions options = {"Virtual PCD", region})
        : station{std::move(options), [this](CardEvent event) { ears.hear(std::move(event)); }} {}

    Ears ears;
    reader::Station station;

    CardSeen seen() { return ears.expect<CardSeen>(); }
    void gone(card::SessionNumber session) { CHECK(ears.expect<CardGone>().session == session); }
    void check_proofs(const CardSeen& card, const simulator::CardImage& issued, std::vector<card::Challenge> asked) {
        station.prove(card.session, asked);
        const auto proved = ears.expect<Proved>();
        CHECK(proved.session == card.session);
        REQUIRE(proved.proofs.size() == asked.size());
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const auto expected = protocol::proof_of(issued.ck, asked[i], issued.s_pad0, issued.id);
            CHECK(base::equal(proved.proofs[i].view(), expected.view()));
        }
    }
};

}  // namespace kazashi::test
