// A reader on USB that comes and goes while pcscd runs: nothing is restarted, and nobody waits longer than two seconds.
#include <ctime>
#include <thread>

#include "tests/cardio/reader/ears.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/fakes/sanitizer.h"

using namespace kazashi;
using namespace std::chrono_literals;
using card::ReaderState;
using test::challenge;
using test::image;
using test::Terminal;
using test::VirtualStack;

namespace {

using Clock = std::chrono::steady_clock;
using Service = ReaderState::Service;

#ifdef KAZASHI_ASAN
constexpr auto recovery = 10s;
#else
constexpr auto recovery = 2s;
#endif

Terminal terminal_at_port() { return Terminal{{VirtualStack::UsbPort::reader, test::region}}; }

// Processor time of this program while `time` goes by.
std::chrono::duration<double> worked_in(std::chrono::milliseconds time) {
    const auto begun = std::clock();
    std::this_thread::sleep_for(time);
    return std::chrono::duration<double>{static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC};
}

// Torn, at fault, or a proof that was quicker may come before.
bool gone(const std::optional<card::CardEvent>& event, card::SessionNumber session) {
    REQUIRE(event.has_value());
    const auto* const over = std::get_if<card::CardGone>(&*event);
    return over != nullptr && over->session == session;
}

}  // namespace

TEST_CASE("station: a reader plugged in while the service runs is found, pulled out with its card it is missed") {
    const VirtualStack stack;
    const VirtualStack::UsbPort port{stack};
    auto terminal = terminal_at_port();
    terminal.ears.expect_service(Service::no_reader);
    stack.lay("patient-1");
    for (std::uint8_t i = 1; i <= 3; ++i) {
        const auto plugged_in = Clock::now();
        port.plug_in();
        terminal.ears.expect_service(Service::ready);
        CHECK(Clock::now() - plugged_in < recovery);
        const auto card = terminal.seen();
        terminal.check_proofs(card, image(), {challenge(i)});

        const auto pulled_out = Clock::now();
        port.pull_out();
        terminal.gone(card.session);
        terminal.ears.expect_service(Service::no_reader);
        CHECK(Clock::now() - pulled_out < recovery);
        CHECK(worked_in(300ms) < 150ms);
    }
}

TEST_CASE("station: a reader pulled out in the midst of a tap ends it, and takes up the next one when it is back") {
    const VirtualStack stack;
    const VirtualStack::UsbPort port{stack};
    auto terminal = terminal_at_port();
    port.plug_in();
    terminal.ears.expect_service(Service::ready);
    stack.lay("patient-1");
    const auto before = terminal.seen();
    port.pull_out();
    terminal.station.prove(before.session, {challenge(1)});
    while (!gone(terminal.ears.next(), before.session)) {
    }
    port.plug_in();
    terminal.check_proofs(terminal.seen(), image(), {challenge(2)});
}

TEST_CASE("station: a reader whose driver does not start keeps nobody busy, and works once it does") {
    const VirtualStack stack;
    const VirtualStack::UsbPort port{stack};
    auto terminal = terminal_at_port();
    port.break_driver();
    port.plug_in();
    CHECK(worked_in(2s) < 400ms);
    port.pull_out();
    port.mend_driver();
    port.plug_in();
    stack.lay("patient-1");
    terminal.check_proofs(terminal.seen(), image(), {challenge(1)});
}
