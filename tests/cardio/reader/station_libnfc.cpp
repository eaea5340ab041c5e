// The station on libnfc's own driver for a PN532 on a UART, which talks to a PN532 of ours on a terminal line.
#include <poll.h>
#include <sys/eventfd.h>

#include <array>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "cardio/reader/station.h"
#include "cardio/simulator/bench.h"
#include "tests/cardio/reader/ears.h"

using namespace kazashi;
using namespace std::chrono_literals;
using nlohmann::json;
using test::challenge;
using test::image;
using test::Terminal;

namespace {

// A device, its cards, and the thread that serves the line; orders come from the test.
class Device {
public:
    Device() : bench_{make()}, path_{order(R"({"do":"list"})").at("tty").get<std::string>()} {
        thread_ = std::thread{[this] { serve(); }};
    }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    ~Device() {
        wake(end_);
        thread_.join();
    }
    json order(const std::string& line) {
        const std::lock_guard lock{mutex_};
        auto answer = json::parse(bench_.obey(line));
        INFO(answer.dump());
        REQUIRE(answer.at("ok") == true);
        return answer;
    }
    void lay(const std::string& card) { order(R"({"do":"lay","card":")" + card + R"("})"); }
    void take() { order(R"({"do":"take"})"); }
    reader::StationOptions options() const { return {"no such reader", test::region, {}, "pn532_uart:" + path_}; }

private:
    static simulator::Bench make() {
        std::vector<simulator::NamedCard> cards;
        cards.push_back({"patient-1", "patient", "", image()});
        cards.push_back({"patient-2", "patient", "", image(card::CardKind::patient, test::region, "0000000002", 0x22)});
        return simulator::Bench::make(std::move(cards), {std::nullopt}).value();
    }
    static void wake(const simulator::FileDescriptor& event) { ::eventfd_write(event.get(), 1); }
    void serve() {
        while (true) {
            std::array<::pollfd, 2> waits{{{bench_.fd(), POLLIN, 0}, {end_.get(), POLLIN, 0}}};
            if (::poll(waits.data(), waits.size(), -1) <= 0 || waits[1].revents != 0) return;
            const std::lock_guard lock{mutex_};
            bench_.serve();
        }
    }

    std::mutex mutex_;
    simulator::Bench bench_;
    std::string path_;
    simulator::FileDescriptor end_{::eventfd(0, EFD_CLOEXEC)};
    std::thread thread_;
};

}  // namespace

TEST_CASE("station: a card on a libnfc device is identified, proves itself and goes") {
    Device device;
    Terminal terminal{device.options()};
    terminal.ears.expect_service(card::ReaderState::Service::ready);
    device.lay("patient-1");
    const auto card = terminal.seen();
    CHECK(card.identity.idm == image().idm);
    CHECK(card.identity.id == image().id);
    terminal.check_proofs(card, image(), {challenge(1), challenge(2)});
    terminal.check_proofs(card, image(), {challenge(3)});
    terminal.station.read_pads(card.session);
    CHECK(terminal.ears.expect<card::PadsRead>().pads.size() == 13);
    device.take();
    terminal.gone(card.session);
}

TEST_CASE("station: cards swapped on a libnfc device are two presentations") {
    Device device;
    Terminal terminal{device.options()};
    device.lay("patient-1");
    const auto first = terminal.seen();
    device.lay("patient-2");
    terminal.gone(first.session);
    const auto second = terminal.seen();
    CHECK(second.identity.idm.bytes[7] == 0x22);
    CHECK(second.session > first.session);
}

TEST_CASE("station: two cards on a libnfc device are one sentence and no identity") {
    Device device;
    Terminal terminal{device.options()};
    device.order(R"({"do":"lay","card":"patient-1","with":"patient-2"})");
    const auto several = terminal.ears.expect<card::SeveralCards>();
    device.take();
    terminal.gone(several.session);
}

TEST_CASE("station: a card torn off a libnfc device is said to be torn, and read when it is back") {
    Device device;
    Terminal terminal{device.options()};
    device.lay("patient-1");
    const auto card = terminal.seen();
    device.take();
    terminal.station.prove(card.session, {challenge(1)});
    CHECK(terminal.ears.expect<card::CardTorn>().session == card.session);
    device.lay("patient-1");
    terminal.gone(card.session);
    terminal.check_proofs(terminal.seen(), image(), {challenge(2)});
}

TEST_CASE("station: without its libnfc device it says that there is no reader, and ends at once") {
    Terminal terminal{{"no such reader", test::region, {}, "pn532_uart:/no/such/line"}};
    CHECK(terminal.ears.expect<card::ReaderState>().service != card::ReaderState::Service::ready);
}
