// How long a tap takes through each kind of reader: from the card's arrival at PC/SC to its identity and three answers
// (two for the lock, one for the grant). A real pcscd and vpcd, once as fast as this machine is and once with the times
// of real air and USB added. One JSON line for each.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <vector>

#include "cardio/reader/station.h"
#include "tests/cardio/cards.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono_literals;

namespace {

constexpr int taps = 15;

// Waits for what becomes of one presentation after the other.
class Ears {
public:
    void hear(card::CardEvent event) {
        const std::lock_guard lock{mutex_};
        if (auto* seen = std::get_if<card::CardSeen>(&event)) seen_ = *seen;
        if (std::holds_alternative<card::Proved>(event)) proved_at_ = base::SystemClock{}.boot();
        if (std::holds_alternative<card::CardGone>(event)) gone_ = true;
        heard_.notify_all();
    }
    template <class Condition>
    bool wait(Condition condition) {
        std::unique_lock lock{mutex_};
        return heard_.wait_for(lock, 20s, [&] { return condition(*this); });
    }
    void forget() {
        const std::lock_guard lock{mutex_};
        seen_.reset();
        proved_at_.reset();
        gone_ = false;
    }
    const std::optional<card::CardSeen>& seen() const { return seen_; }
    const std::optional<base::SteadyTime>& proved_at() const { return proved_at_; }
    bool gone() const { return gone_; }

private:
    std::mutex mutex_;
    std::condition_variable heard_;
    std::optional<card::CardSeen> seen_;
    std::optional<base::SteadyTime> proved_at_;
    bool gone_{false};
};

void measure(const std::string& reader, const std::vector<std::string>& more, const std::string& air) {
    const test::VirtualStack stack{reader, more};
    Ears ears;
    reader::Station station{{.reader = "", .region = 44},
                            [&ears](card::CardEvent event) { ears.hear(std::move(event)); }};
    std::vector<double> milliseconds;
    nlohmann::json trace;
    for (int i = 0; i < taps + 1; ++i) {  // the first finds out what the reader speaks
        ears.forget();
        stack.lay("patient-1");
        REQUIRE(ears.wait([](const Ears& heard) { return heard.seen().has_value(); }));
        station.prove(ears.seen()->session, {test::challenge(1), test::challenge(2), test::challenge(3)});
        REQUIRE(ears.wait([](const Ears& heard) { return heard.proved_at().has_value(); }));
        trace = stack.order({{"do", "trace"}});
        const std::chrono::duration<double, std::milli> took = *ears.proved_at() - ears.seen()->at;
        if (i > 0) milliseconds.push_back(took.count());
        stack.take();
        REQUIRE(ears.wait([](const Ears& heard) { return heard.gone(); }));
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    const nlohmann::json line{{"reader", reader},
                              {"air", air},
                              {"p50_ms", milliseconds[milliseconds.size() / 2]},
                              {"most_ms", milliseconds.back()},
                              {"frames", trace.at("frames")},
                              {"apdus", trace.at("apdus")},
                              {"taps", taps}};
    fmt::print("{}\n", line.dump());
}

}  // namespace

TEST_CASE("tap time by reader") {
    for (const auto* const reader : {"acr1252", "rcs300", "acr122u", "acr122u-t0", "acr122u-64", "identiv"}) {
        measure(reader, {}, "none");
        measure(reader, {"--air", "212", "--usb-latency", "3ms"}, "212 kbps");
        measure(reader, {"--air", "424", "--usb-latency", "3ms"}, "424 kbps");
    }
}
