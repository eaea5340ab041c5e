#include "cardio/reader/station.h"

#include <winscard.h>

#include <thread>

#include "cardio/protocol/felica_lite_s.h"
#include "tests/cardio/cards.h"
#include "tests/cardio/reader/ears.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono_literals;
using card::CardEvent;
using card::CardForeign;
using card::CardGone;
using card::CardSeen;
using card::CardTorn;
using card::Proved;
using card::ReaderState;
using card::SeveralCards;
using test::challenge;
using test::Ears;
using test::image;
using test::region;
using test::Terminal;
using test::VirtualStack;

TEST_CASE("station: a card is identified and proves itself and goes, on every reader that can") {
    for (const auto* reader : {"acr1252", "rcs300", "acr122u", "acr122u-t0", "acr122u-64", "identiv", "identiv-be"}) {
        INFO(reader);
        const VirtualStack stack{reader};
        Terminal terminal;
        terminal.ears.expect_service(ReaderState::Service::ready);
        stack.lay("patient-1");
        const auto card = terminal.seen();
        CHECK(card.identity.idm == image().idm);
        CHECK(card.identity.s_pad0 == image().s_pad0);
        CHECK(card.identity.id == image().id);
        CHECK(card.identity.record.kind == card::CardKind::patient);
        CHECK(card.at <= base::SystemClock{}.boot());
        terminal.check_proofs(card, image(), {challenge(1), challenge(2)});
        terminal.check_proofs(card, image(), {challenge(3)});

        // Poll, read, four polls; then two for each proof: this many exchanges before a summary shows.
        const auto trace = stack.order({{"do", "trace"}});
        // Identiv's reader is asked for a polling once more, because the first one asked the card it had. One that cannot
        // poll looks for no second card, and the order of the octets of a service is found out.
        const std::string name{reader};
        CHECK(trace.at("frames") == (name == "identiv" ? 7 : name == "identiv-be" ? 4 : 6) + 2 * 3);
        CHECK(trace.at("exchanges").size() == 3);

        stack.take();
        terminal.gone(card.session);
        terminal.station.prove(card.session, {challenge(4)});
        CHECK(terminal.ears.silent(100ms));
    }
}

TEST_CASE("station: a card torn off at any exchange of a tap is said to be torn") {
    const VirtualStack stack;
    Terminal terminal;
    for (unsigned exchange = 1; exchange <= 12; ++exchange) {
        stack.order({{"do", "lay"}, {"card", "patient-1"}, {"leave_after", exchange}});
        if (exchange <= 6) {
            terminal.gone(terminal.ears.expect<CardTorn>().session);
            continue;
        }
        const auto card = terminal.seen();
        if (exchange <= 10) {
            terminal.station.prove(card.session, {challenge(1), challenge(2)});
        } else {
            terminal.check_proofs(card, image(), {challenge(1), challenge(2)});
            terminal.station.prove(card.session, {challenge(3)});
        }
        CHECK(terminal.ears.expect<CardTorn>().session == card.session);
        terminal.gone(card.session);
    }
    stack.lay("patient-1");
    terminal.check_proofs(terminal.seen(), image(), {challenge(5)});
}

TEST_CASE("station: a torn card that comes back before the reader notices is a new presentation") {
    const VirtualStack stack;
    Terminal terminal;
    stack.order({{"do", "lay"}, {"card", "patient-1"}, {"leave_after", 2}});
    const auto torn = terminal.ears.expect<CardTorn>();
    stack.lay("patient-1");
    terminal.gone(torn.session);
    const auto card = terminal.seen();
    CHECK(card.session > torn.session);
    terminal.check_proofs(card, image(), {challenge(1)});
    stack.take();
    terminal.gone(card.session);
}

TEST_CASE("station: a card torn off again and again is said to be torn each time") {
    const VirtualStack stack;
    Terminal terminal;
    card::SessionNumber last{};
    for (unsigned i = 0; i < 10; ++i) {
        stack.order({{"do", "lay"}, {"card", "patient-1"}, {"leave_after", 1 + i % 3}});
        if (i > 0) terminal.gone(last);
        const auto torn = terminal.ears.expect<CardTorn>();
        CHECK(torn.session > last);
        last = torn.session;
        // As long as a hand needs. Whether the reader service has looked in between (every 400 ms) is chance.
        std::this_thread::sleep_for(350ms);
    }
    terminal.gone(last);
}

TEST_CASE("station: cards swapped quickly are two presentations") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("patient-1");
    const auto first = terminal.seen();
    stack.lay("patient-2");
    terminal.gone(first.session);
    const auto second = terminal.seen();
    CHECK(second.session > first.session);
    CHECK(second.identity.idm.bytes[7] == test::second_serial);
    stack.lay("patient-2");  // the same card again is a new presentation too
    terminal.gone(second.session);
    CHECK(terminal.seen().session > second.session);
}

TEST_CASE("station: a reader service that is killed and comes back is survived") {
    const VirtualStack stack;
    Terminal terminal;
    terminal.ears.expect_service(ReaderState::Service::ready);
    SECTION("while waiting for a card") {
        stack.stop_service();
        terminal.ears.expect_service(ReaderState::Service::off);
        stack.start_service();
        terminal.ears.expect_service(ReaderState::Service::ready);
        stack.lay("patient-1");
        terminal.check_proofs(terminal.seen(), image(), {challenge(1)});
    }
    SECTION("while a card lies there") {
        stack.lay("patient-1");
        const auto before = terminal.seen();
        stack.stop_service();
        terminal.gone(before.session);
        terminal.ears.expect_service(ReaderState::Service::off);
        terminal.station.prove(before.session, {challenge(1)});
        stack.start_service();
        const auto after = terminal.seen();
        CHECK(after.session != before.session);
        terminal.check_proofs(after, image(), {challenge(2)});
    }
}

TEST_CASE("station: two cards at once are one sentence and no identity") {
    const VirtualStack stack;
    Terminal terminal;
    stack.order({{"do", "lay"}, {"card", "patient-1"}, {"with", "patient-2"}});
    const auto several = terminal.ears.expect<SeveralCards>();
    terminal.station.prove(several.session, {challenge(1)});
    stack.take();
    terminal.gone(several.session);
}

TEST_CASE("station: foreign cards have names") {
    const VirtualStack stack;
    Terminal terminal;
    const auto check = [&](card::ForeignCard kind) {
        const auto foreign = terminal.ears.expect<CardForeign>();
        CHECK(foreign.kind == kind);
        stack.take();
        terminal.gone(foreign.session);
    };
    stack.order({{"do", "lay"}, {"foreign", "transit"}});
    check(card::ForeignCard::transit);
    stack.order({{"do", "lay"}, {"foreign", "bank"}});
    check(card::ForeignCard::bank);
    stack.order({{"do", "lay"}, {"foreign", "empty_lite_s"}});
    check(card::ForeignCard::empty_lite_s);
    stack.lay("elsewhere");
    check(card::ForeignCard::other_region);
}

TEST_CASE("station: before enrolment a card of any region is good") {
    const VirtualStack stack;
    Ears ears;
    const reader::Station station{{"Virtual PCD", 0}, [&ears](CardEvent event) { ears.hear(std::move(event)); }};
    stack.lay("elsewhere");
    CHECK(ears.expect<CardSeen>().identity.record.region == 45);
}

TEST_CASE("station: a forged card answers but not as the region computes") {
    const VirtualStack stack;
    Terminal terminal;
    stack.order({{"do", "lay"}, {"card", "patient-1"}, {"ck", "000102030405060708090A0B0C0D0E0F"}});
    const auto card = terminal.seen();
    terminal.station.prove(card.session, {challenge(1)});
    const auto proved = terminal.ears.expect<Proved>();
    const auto genuine = protocol::proof_of(image().ck, challenge(1), image().s_pad0, image().id);
    CHECK(!base::equal(proved.proofs.at(0).view(), genuine.view()));
}

TEST_CASE("station: a program that resets the card between two proofs does no harm") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("staff-1");
    const auto card = terminal.seen();
    const auto issued = image(card::CardKind::staff, region, "0000000003", 0x33);
    terminal.check_proofs(card, issued, {challenge(1)});

    SCARDCONTEXT context = 0;
    SCARDHANDLE other = 0;
    DWORD protocol = 0;
    REQUIRE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) == SCARD_S_SUCCESS);
    REQUIRE(SCardConnect(context, "Virtual PCD 00 00", SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                         &other, &protocol) == SCARD_S_SUCCESS);
    REQUIRE(SCardDisconnect(other, SCARD_RESET_CARD) == SCARD_S_SUCCESS);
    SCardReleaseContext(context);

    terminal.check_proofs(card, issued, {challenge(2), challenge(3)});
}

TEST_CASE("station: a transaction nobody uses is given back to other programs") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("patient-1");
    const auto card = terminal.seen();
    SCARDCONTEXT context = 0;
    SCARDHANDLE other = 0;
    DWORD protocol = 0;
    REQUIRE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) == SCARD_S_SUCCESS);
    REQUIRE(SCardConnect(context, "Virtual PCD 00 00", SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                         &other, &protocol) == SCARD_S_SUCCESS);
    const auto asked = std::chrono::steady_clock::now();
    REQUIRE(SCardBeginTransaction(other) == SCARD_S_SUCCESS);
    CHECK(std::chrono::steady_clock::now() - asked < 4s);
    SCardEndTransaction(other, SCARD_LEAVE_CARD);
    SCardDisconnect(other, SCARD_LEAVE_CARD);
    SCardReleaseContext(context);
    terminal.check_proofs(card, image(), {challenge(1)});
}

TEST_CASE("station: ends at once while it waits and when there is no reader service") {
    const auto ends_soon = [] {
        auto terminal = std::make_unique<Terminal>();
        std::this_thread::sleep_for(300ms);
        const auto begun = std::chrono::steady_clock::now();
        terminal.reset();
        CHECK(std::chrono::steady_clock::now() - begun < 2s);
    };
    {
        const VirtualStack stack;
        ends_soon();
        stack.lay("patient-1");
        ends_soon();
    }
    ends_soon();
}

TEST_CASE("station: of two readers the one a card was laid on last counts, and is remembered") {
    const VirtualStack stack;
    const VirtualStack::SecondReader second{stack, "acr122u"};
    Terminal terminal;
    second.lay("patient-2");
    const auto on_second = terminal.seen();
    CHECK(on_second.identity.idm.bytes[7] == test::second_serial);
    while (terminal.ears.expect<ReaderState>().name != "Virtual PCD 00 01") {
    }
    stack.lay("patient-1");
    terminal.gone(on_second.session);
    const auto on_first = terminal.seen();
    while (terminal.ears.expect<ReaderState>().name != "Virtual PCD 00 00") {
    }
    terminal.check_proofs(on_first, image(), {challenge(1)});
    second.take();
    stack.take();
    terminal.gone(on_first.session);
    second.lay("patient-1");
    terminal.check_proofs(terminal.seen(), image(), {challenge(2)});
}

TEST_CASE("station: readers that are gone and plugged in again are found") {
    const VirtualStack stack;
    Terminal terminal;
    terminal.ears.expect_service(ReaderState::Service::ready);
    stack.unplug_readers();
    stack.stop_service();
    terminal.ears.expect_service(ReaderState::Service::off);
    stack.start_service();
    terminal.ears.expect_service(ReaderState::Service::no_reader);
    stack.plug_in_readers();
    stack.stop_service();
    terminal.ears.expect_service(ReaderState::Service::off);
    stack.start_service();
    terminal.ears.expect_service(ReaderState::Service::ready);
    stack.lay("patient-1");
    terminal.check_proofs(terminal.seen(), image(), {challenge(1)});
}

TEST_CASE("station: another reader under the same name is found out anew") {
    const VirtualStack stack{"acr1252"};
    Terminal terminal;
    terminal.ears.expect_service(ReaderState::Service::ready);
    const auto exchange = [&](const char* kind) {
        stack.stop_service();
        terminal.ears.expect_service(ReaderState::Service::off);
        stack.order({{"do", "reader"}, {"kind", kind}});
        stack.start_service();
        terminal.ears.expect_service(ReaderState::Service::ready);
        stack.lay("patient-1");
        return terminal.seen();
    };
    const auto mute = exchange("plain");
    terminal.station.prove(mute.session, {challenge(1)});
    CHECK(terminal.ears.expect<card::CardFault>().error.fault == base::Fault::unsupported);
    stack.take();
    terminal.gone(mute.session);
    const auto card = exchange("rcs300");  // reads single blocks as well
    terminal.check_proofs(card, image(), {challenge(1), challenge(2)});
}
