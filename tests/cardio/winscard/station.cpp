// The station while the calls its monitor waits in fail: it finds the card within 2 s of the cause going away, and
// never runs hot.
#include "cardio/reader/station.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/cardio/cards.h"
#include "tests/cardio/winscard/codes.h"
#include "tests/catch.h"
#include "tests/fakes/sanitizer.h"
#include "tests/fakes/winscard.h"

using namespace kazashi;
using namespace std::chrono_literals;
using fakes::Call;
using fakes::Winscard;

namespace {

#ifdef KAZASHI_ASAN
constexpr auto recovery = 10s;
#else
constexpr auto recovery = 2s;
#endif

class Cards {
public:
    void hear(const card::CardEvent& event) {
        const std::lock_guard lock{mutex_};
        if (std::holds_alternative<card::CardSeen>(event)) ++seen_;
        if (std::holds_alternative<card::CardGone>(event)) ++gone_;
        if (const auto* fault = std::get_if<card::CardFault>(&event))
            busy_ = busy_ || fault->error.fault == base::Fault::reader_busy;
        if (const auto* state = std::get_if<card::ReaderState>(&event)) service_ = state->service;
        heard_.notify_all();
    }
    bool seen(unsigned times, std::chrono::milliseconds timeout) {
        std::unique_lock lock{mutex_};
        return heard_.wait_for(lock, timeout, [&] { return seen_ >= times; });
    }
    bool gone(unsigned times, std::chrono::milliseconds timeout) {
        std::unique_lock lock{mutex_};
        return heard_.wait_for(lock, timeout, [&] { return gone_ >= times; });
    }

    bool busy(std::chrono::milliseconds timeout) {
        std::unique_lock lock{mutex_};
        return heard_.wait_for(lock, timeout, [&] { return busy_; });
    }
    bool service(card::ReaderState::Service is, std::chrono::milliseconds timeout) {
        std::unique_lock lock{mutex_};
        return heard_.wait_for(lock, timeout, [&] { return service_ == is; });
    }

private:
    std::mutex mutex_;
    std::condition_variable heard_;
    unsigned seen_{0};
    unsigned gone_{0};
    bool busy_{false};
    std::optional<card::ReaderState::Service> service_;
};

struct Terminal {
    Winscard& service{Winscard::service()};
    Cards cards;
    std::optional<reader::Station> station;
    Terminal() { service.begin(); }
    void start() {
        station.emplace(reader::StationOptions{.reader = "", .region = 44},
                        [this](const card::CardEvent& event) { cards.hear(event); });
    }
};

constexpr std::array bad_days{SCARD_E_NO_SERVICE,        SCARD_F_COMM_ERROR,        SCARD_F_INTERNAL_ERROR,
                              SCARD_E_UNKNOWN_READER,    SCARD_E_INVALID_PARAMETER, SCARD_E_NO_MEMORY,
                              SCARD_W_SECURITY_VIOLATION};

}  // namespace

TEST_CASE("winscard: whatever the monitor's calls answered, the card is found within 2 s of it getting better") {
    for (const auto call : {Call::establish, Call::list_readers, Call::get_status_change}) {
        for (const LONG code : bad_days) {
            CAPTURE(fakes::name(call), code);
            Terminal terminal;
            terminal.service.fail({call, 1, code});
            terminal.start();
            terminal.service.lay(test::virtual_card());
            CHECK(terminal.cards.seen(1, recovery));
            CHECK(terminal.service.failed());
            terminal.service.take();
            CHECK(terminal.cards.gone(1, recovery));
        }
    }
}

TEST_CASE("winscard: a service that fails for good is asked a few times a second, not in a loop") {
    for (const auto call : {Call::establish, Call::list_readers, Call::get_status_change}) {
        for (const LONG code : {LONG{SCARD_E_NO_SERVICE}, LONG{SCARD_E_UNKNOWN_READER}, LONG{SCARD_E_NO_MEMORY}}) {
            CAPTURE(fakes::name(call), code);
            Terminal terminal;
            terminal.service.fail({call, 1, code, 1'000'000});
            terminal.start();
            std::this_thread::sleep_for(500ms);  // the time it is watched for
            CHECK(terminal.service.calls(call) >= 1);
            CHECK(terminal.service.calls(call) < 40);
        }
    }
}

TEST_CASE("winscard: a service replaced by one of another version is off, until the versions fit again") {
    Terminal terminal;
    terminal.start();
    terminal.service.lay(test::virtual_card());
    REQUIRE(terminal.cards.seen(1, recovery));
    for (unsigned i = 1; i <= 2; ++i) {
        CAPTURE(i);
        terminal.service.speak_other_version();
        CHECK(terminal.cards.gone(i, recovery));
        CHECK(terminal.cards.service(card::ReaderState::Service::off, recovery));
        const auto asked = terminal.service.calls(Call::establish);
        std::this_thread::sleep_for(1s);  // the time it is watched for
        CHECK(terminal.service.calls(Call::establish) - asked < 10);
        terminal.service.speak_our_version();
        CHECK(terminal.cards.seen(i + 1, recovery));
        CHECK(terminal.cards.service(card::ReaderState::Service::ready, recovery));
    }
    terminal.station.reset();
    CHECK(terminal.service.connections() == 0);
    CHECK(terminal.service.contexts() == 0);
}

TEST_CASE("winscard: a station whose cancel is lost still ends") {
    Terminal terminal;
    terminal.start();
    terminal.service.lay(test::virtual_card());
    REQUIRE(terminal.cards.seen(1, recovery));
    terminal.service.fail({Call::cancel, 1, SCARD_E_INVALID_HANDLE});
    const auto begun = std::chrono::steady_clock::now();
    terminal.station.reset();
    CHECK(std::chrono::steady_clock::now() - begun < 5s);
    CHECK(terminal.service.connections() == 0);
    CHECK(terminal.service.contexts() == 0);
}

namespace {

// Answers a while after it was asked, once.
class SlowCard final : public simulator::FelicaCard {
public:
    explicit SlowCard(std::chrono::milliseconds late) : late_{late} {}
    card::Idm idm() const override { return card_->idm(); }
    protocol::Pmm pmm() const override { return card_->pmm(); }
    std::optional<base::Bytes> answer(base::ByteView frame) override {
        std::this_thread::sleep_for(std::exchange(late_, 0ms));
        return card_->answer(frame);
    }
    void power_off() override { card_->power_off(); }

private:
    std::unique_ptr<simulator::VirtualCard> card_{test::virtual_card()};
    std::chrono::milliseconds late_;
};

}  // namespace

TEST_CASE("winscard: a torn card that keeps the reader busy when it is looked at again is told, and read in the end") {
    Terminal terminal;
    terminal.service.fail({Call::connect, 1, SCARD_W_REMOVED_CARD});
    terminal.start();
    terminal.service.lay(std::make_unique<SlowCard>(2s));
    CHECK(terminal.cards.busy(recovery + 4s));
    CHECK(terminal.cards.seen(1, recovery + 2s));
}
