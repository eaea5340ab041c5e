// Other programs on the same reader: they hold the card, have it for themselves, or reset it. Nothing of it may need a
// restart of ours, and what they leave is taken up again within two seconds.
#include <winscard.h>

#include <atomic>
#include <thread>

#include "cardio/reader/station.h"
#include "tests/cardio/reader/ears.h"
#include "tests/cardio/reader/virtual_stack.h"

using namespace kazashi;
using namespace std::chrono_literals;
using card::CardFault;
using test::challenge;
using test::image;
using test::Terminal;
using test::VirtualStack;

namespace {

using Clock = std::chrono::steady_clock;
constexpr DWORD any_protocol = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;

// Somebody else's program.
class Neighbour {
public:
    explicit Neighbour(DWORD sharing) {
        REQUIRE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_) == SCARD_S_SUCCESS);
        DWORD protocol = 0;
        LONG code = SCARD_E_NO_SMARTCARD;
        for (int i = 0; i < 500 && code != SCARD_S_SUCCESS; ++i) {
            code = SCardConnect(context_, "Virtual PCD 00 00", sharing, any_protocol, &card_, &protocol);
            if (code != SCARD_S_SUCCESS) std::this_thread::sleep_for(20ms);
        }
        REQUIRE(code == SCARD_S_SUCCESS);
    }
    Neighbour(const Neighbour&) = delete;
    Neighbour& operator=(const Neighbour&) = delete;
    ~Neighbour() {
        SCardDisconnect(card_, SCARD_LEAVE_CARD);
        SCardReleaseContext(context_);
    }
    void begin() const { REQUIRE(SCardBeginTransaction(card_) == SCARD_S_SUCCESS); }
    void end(DWORD disposition = SCARD_LEAVE_CARD) const { SCardEndTransaction(card_, disposition); }
    // The status word that answers `apdu`.
    unsigned ask(const base::Bytes& apdu) const {
        base::Bytes answer(300);
        DWORD size = answer.size();
        REQUIRE(SCardTransmit(card_, SCARD_PCI_T1, apdu.data(), apdu.size(), nullptr, answer.data(), &size) ==
                SCARD_S_SUCCESS);
        REQUIRE(size >= 2);
        return static_cast<unsigned>(answer[size - 2] << 8U | answer[size - 1]);
    }
    void reset() {
        DWORD protocol = 0;
        REQUIRE(SCardReconnect(card_, SCARD_SHARE_SHARED, any_protocol, SCARD_RESET_CARD, &protocol) ==
                SCARD_S_SUCCESS);
    }

private:
    SCARDCONTEXT context_{};
    SCARDHANDLE card_{};
};

}  // namespace

TEST_CASE("station: a card another program has for itself is told once, and taken up when it lets go") {
    const VirtualStack stack;
    stack.lay("patient-1");
    auto other = std::make_unique<Neighbour>(SCARD_SHARE_EXCLUSIVE);
    Terminal terminal;
    const auto fault = terminal.ears.expect<CardFault>();
    CHECK(fault.error.fault == base::Fault::reader_busy);
    CHECK(terminal.ears.silent(1500ms));
    other.reset();
    const auto let_go = Clock::now();
    terminal.gone(fault.session);
    const auto card = terminal.seen();
    CHECK(Clock::now() - let_go < 2s);
    CHECK(card.session > fault.session);
    terminal.check_proofs(card, image(), {challenge(1)});
}

TEST_CASE("station: another program's transaction is told, and what lies there is read when it ends") {
    const VirtualStack stack;
    stack.lay("patient-1");
    const Neighbour other{SCARD_SHARE_SHARED};
    other.begin();
    Terminal terminal;
    const auto fault = terminal.ears.expect<CardFault>();
    CHECK(fault.error.fault == base::Fault::reader_busy);
    other.end();
    const auto let_go = Clock::now();
    terminal.gone(fault.session);
    const auto card = terminal.seen();
    CHECK(Clock::now() - let_go < 2s);
    terminal.check_proofs(card, image(), {challenge(1)});
}

TEST_CASE("station: a proof that waits for another program is told, and the card is a new presentation then") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("patient-1");
    const auto card = terminal.seen();
    const Neighbour other{SCARD_SHARE_SHARED};
    other.begin();
    terminal.station.prove(card.session, {challenge(1)});
    const auto fault = terminal.ears.expect<CardFault>();
    CHECK(fault.session == card.session);
    CHECK(fault.error.fault == base::Fault::reader_busy);
    other.end(SCARD_RESET_CARD);
    terminal.gone(card.session);
    terminal.check_proofs(terminal.seen(), image(), {challenge(1)});
}

TEST_CASE("station: ends although another program holds the card") {
    const VirtualStack stack;
    stack.lay("patient-1");
    const Neighbour other{SCARD_SHARE_SHARED};
    other.begin();
    auto terminal = std::make_unique<Terminal>();
    static_cast<void>(terminal->ears.expect<CardFault>());
    const auto begun = Clock::now();
    terminal.reset();
    CHECK(Clock::now() - begun < 6s);
    other.end();
}

TEST_CASE("station: a program that resets the card all the time does no harm") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("patient-1");
    const auto card = terminal.seen();
    Neighbour other{SCARD_SHARE_SHARED};
    for (std::uint8_t i = 1; i <= 10; ++i) {
        other.reset();
        terminal.check_proofs(card, image(), {challenge(i)});
    }
}

TEST_CASE("station: after a signature nobody else gets one without the PIN") {
    const VirtualStack stack;
    Terminal terminal;
    stack.order({{"do", "lay_id_card"}, {"kind", "my_number"}, {"pin", "1234"}, {"tries", 3}});
    const auto seen = terminal.ears.expect<card::IdCardSeen>();
    terminal.station.sign(seen.session, base::SecretBytes{base::as_bytes("1234")}, {});
    CHECK(terminal.ears.expect<card::IdCardSigned>().session == seen.session);

    const Neighbour other{SCARD_SHARE_SHARED};
    base::Bytes compute{0x00, 0x2A, 0x00, 0x80, 0x33, 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60,
                        0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
    compute.resize(5 + 0x33);
    compute.push_back(0x00);
    CHECK(other.ask(compute) != 0x9000);
}
