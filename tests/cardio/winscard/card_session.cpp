// One presentation with every call of PC/SC made to fail in turn, with every code, once and for good.
#include "cardio/reader/pcsc_session.h"

#include "cardio/protocol/felica_lite_s.h"
#include "cardio/reader/card_look.h"
#include "tests/cardio/cards.h"
#include "tests/cardio/winscard/codes.h"
#include "tests/catch.h"
#include "tests/fakes/winscard.h"

using namespace kazashi;
using base::Fault;
using fakes::Call;
using fakes::Winscard;
using test::challenge;

namespace {

constexpr const char* reader_name = "Fake Reader 00 00";

struct Outcome {
    base::Result<reader::Sight> sight{base::Error{Fault::io, "not asked"}};
    base::Result<std::vector<card::Proof>> proofs{base::Error{Fault::io, "not asked"}};
    bool whole() const { return sight && proofs; }
};

// A tap: who are you, two answers for the lock, one for the grant; then the card is unpowered.
Outcome tap(std::optional<reader::PcscContext>& context) {
    static const base::SystemClock clock;
    Outcome out;
    reader::PcscSession session{context, clock, reader_name};
    static const std::vector<card::CardProfile> no_profiles;
    reader::ReaderTraits traits;
    out.sight = session.identify(traits, {44, no_profiles});
    if (out.sight) out.proofs = session.prove({challenge(1), challenge(2), challenge(3)});
    session.hang_up(reader::CardIs::there);
    return out;
}

void check_truth(const Outcome& outcome) {
    const auto image = test::image();
    if (outcome.sight) {
        const auto* const identity = std::get_if<card::Identity>(&*outcome.sight);
        REQUIRE(identity != nullptr);
        CHECK(identity->idm == image.idm);
        CHECK(identity->record == *card::parse_regional_record(image.s_pad0));
    }
    if (!outcome.proofs) return;
    REQUIRE(outcome.proofs->size() == 3);
    for (std::uint8_t i = 0; i < 3; ++i) {
        const auto expected =
            protocol::proof_of(image.ck, challenge(static_cast<std::uint8_t>(i + 1)), image.s_pad0, image.id);
        CHECK(base::equal((*outcome.proofs)[i].view(), expected.view()));
    }
}

// Codes stop at the door: what comes out is one of the faults the header promises.
void check_fault(const base::Error& error) {
    constexpr std::array promised{Fault::card_left,  Fault::card_refused, Fault::malformed, Fault::reader_busy,
                                  Fault::reader_off, Fault::not_found,    Fault::io,        Fault::unsupported,
                                  Fault::limit,      Fault::timeout,      Fault::cancelled, Fault::denied};
    CAPTURE(base::name(error.fault), error.detail);
    CHECK(std::find(promised.begin(), promised.end(), error.fault) != promised.end());
}

struct Counter {
    Winscard& service{Winscard::service()};
    std::optional<reader::PcscContext> context;
    Counter() {
        service.begin();
        service.lay(test::virtual_card());
    }
};

}  // namespace

TEST_CASE("winscard: a tap leaves nothing open, and the card without power") {
    Counter counter;
    const auto outcome = tap(counter.context);
    REQUIRE(outcome.whole());
    check_truth(outcome);
    CHECK(counter.service.connections() == 0);
    CHECK(counter.service.transactions() == 0);
    CHECK_FALSE(counter.service.powered());
    CHECK(counter.service.calls(Call::connect) == 1);
}

TEST_CASE("winscard: whichever call fails, with whatever code, nothing stays open and the next tap works") {
    unsigned failures = 0;
    for (const auto call : fakes::all_calls) {
        Counter clean;
        REQUIRE(tap(clean.context).whole());
        const auto count = clean.service.calls(call);
        for (unsigned nth = 1; nth <= count; ++nth) {
            for (const LONG code : test::all_codes) {
                for (const unsigned times : {1U, 1000U}) {
                    CAPTURE(fakes::name(call), nth, code, times);
                    Counter counter;
                    counter.service.fail({call, nth, code, times});
                    const auto outcome = tap(counter.context);
                    CHECK(counter.service.failed());
                    ++failures;
                    check_truth(outcome);
                    if (!outcome.sight) check_fault(outcome.sight.error());
                    if (outcome.sight && !outcome.proofs) check_fault(outcome.proofs.error());
                    CHECK(counter.service.connections() == 0);
                    CHECK(counter.service.transactions() == 0);

                    counter.service.begin();
                    counter.service.lay(test::virtual_card());
                    CHECK(tap(counter.context).whole());
                    CHECK(counter.service.connections() == 0);
                }
            }
        }
    }
    CHECK(failures > 500);
}

TEST_CASE("winscard: a transmit that succeeds with nothing, or one octet, is a card torn off") {
    Counter clean;
    REQUIRE(tap(clean.context).whole());
    const auto count = clean.service.calls(Call::transmit);
    for (unsigned nth = 1; nth <= count; ++nth) {
        for (const std::size_t octets : {0U, 1U}) {
            CAPTURE(nth, octets);
            Counter counter;
            counter.service.fail({Call::transmit, nth, SCARD_S_SUCCESS, 1, octets});
            const auto outcome = tap(counter.context);
            CHECK_FALSE(outcome.whole());
            const auto& error = outcome.sight ? outcome.proofs.error() : outcome.sight.error();
            CHECK(error.fault == Fault::card_left);
        }
    }
}

TEST_CASE("winscard: a card polkit does not let us have is denied, in a tap and in a look") {
    for (const LONG code : {LONG{SCARD_W_SECURITY_VIOLATION}, LONG{SCARD_E_NO_ACCESS}}) {
        Counter counter;
        counter.service.fail({Call::connect, 1, code, 1000});
        CHECK(tap(counter.context).sight.fault() == Fault::denied);
        using namespace std::chrono_literals;
        const auto look = reader::look_at_card(reader_name, 44, {}, {2s, 2s, 1s, 1});
        CHECK(look.outcome == reader::CardLook::Outcome::denied);
    }
}
