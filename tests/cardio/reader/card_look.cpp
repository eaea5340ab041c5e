// One look at the card on a reader, over a real pcscd: what it is, how it was reached, and what it costs.
#include "cardio/reader/card_look.h"

#include <thread>

#include "cardio/reader/pcsc.h"
#include "cardio/reader/service_look.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono_literals;
using nlohmann::json;
using reader::CardLook;
using test::VirtualStack;
using Outcome = CardLook::Outcome;

namespace {

constexpr const char* reader_name = "Virtual PCD 00 00";
// Patient, so that a busy machine does not look like a broken reader.
constexpr reader::CardLookLimits patient{10s, 20s, 10s, 10};

bool wait_for_card(bool there) {
    for (int i = 0; i < 500; ++i) {
        const auto look = reader::look_at_service();
        if (!look.readers.empty() && look.readers.front().card == there) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

CardLook look(reader::CardLookLimits limits = patient, const std::vector<card::CardProfile>& profiles = {}) {
    return reader::look_at_card(reader_name, 44, profiles, limits);
}

struct Stack : VirtualStack {
    using VirtualStack::VirtualStack;
    void put(const json& what) const {
        take();
        REQUIRE(wait_for_card(false));
        order(what);
        REQUIRE(wait_for_card(true));
    }
    Outcome outcome_of(const json& what) const {
        put(what);
        return look().outcome;
    }
};

json patient_with(const json& fault) {
    return {{"do", "lay"}, {"card", "patient-1"}, {"faults", json::array({fault})}};
}

}  // namespace

TEST_CASE(
    "card look: a card of ours is ours, with its dialect and the time of each polling, and can be looked at again") {
    for (const auto& [kind, dialect] :
         {std::pair{"acr1252", protocol::Dialect::direct}, std::pair{"rcs300", protocol::Dialect::transparent}}) {
        CAPTURE(kind);
        const Stack stack{kind};
        stack.put({{"do", "lay"}, {"card", "patient-1"}});
        for (int i = 0; i < 2; ++i) {
            const auto seen = look();
            CHECK(seen.outcome == Outcome::ours);
            CHECK(seen.dialect == dialect);
            CHECK(seen.took.size() == patient.pollings);
            CHECK(seen.lost == 0);
            CHECK_FALSE(seen.t0);
        }
    }
}

TEST_CASE("card look: cards that are not ours are told apart") {
    const Stack stack;
    CHECK(stack.outcome_of({{"do", "lay"}, {"card", "elsewhere"}}) == Outcome::other_region);
    CHECK(stack.outcome_of({{"do", "lay_foreign"}, {"kind", "transit"}}) == Outcome::foreign);
    CHECK(stack.outcome_of({{"do", "lay_foreign"}, {"kind", "bank"}}) == Outcome::not_felica);
    CHECK(stack.outcome_of({{"do", "lay_blank"}}) == Outcome::empty);
    CHECK(stack.outcome_of({{"do", "lay"}, {"card", "patient-1"}, {"with", "patient-2"}}) == Outcome::several);
}

TEST_CASE("card look: an older card is one of ours with its profile, and a foreign one without") {
    const Stack stack;
    const card::CardProfile old{"old", 0x8AB0, 0x100B, {0, 1}, card::CardKind::patient, 44, card::NumberCoding::bcd,
                                16,    5,      ""};
    stack.put({{"do", "lay_standard"},
               {"profile",
                {{"name", "old"},
                 {"system", old.system},
                 {"service", old.service},
                 {"blocks", old.blocks},
                 {"kind", "patient"},
                 {"region", old.region},
                 {"coding", "bcd"},
                 {"offset", old.offset},
                 {"length", old.length},
                 {"prefix", ""}}},
               {"number", "0123456789"}});
    CHECK(look().outcome == Outcome::foreign);
    CHECK(look(patient, {old}).outcome == Outcome::ours);
}

TEST_CASE("card look: without a card, a reader or a service it says why") {
    const Stack stack;
    CHECK(look().outcome == Outcome::gone);
    const auto nowhere = reader::look_at_card("Nowhere", 44, {}, patient);
    CHECK(nowhere.outcome == Outcome::no_contact);
    CHECK_FALSE(nowhere.detail.empty());
    stack.stop_service();
    CHECK(look().outcome == Outcome::no_contact);
}

TEST_CASE("card look: a card another program has is waited for no longer than said") {
    const Stack stack;
    stack.put({{"do", "lay"}, {"card", "patient-1"}});
    const auto context = reader::PcscContext::establish();
    REQUIRE(context);
    auto other = reader::PcscConnection::open(*context, reader_name);
    REQUIRE(other);
    REQUIRE(other->begin_transaction());
    auto limits = patient;
    limits.hold = 300ms;
    CHECK(look(limits).outcome == Outcome::held);
    other->end_transaction();
    CHECK(look().outcome == Outcome::ours);
}

TEST_CASE("card look: pollings nobody answers are counted, and a reader that stops is not waited for") {
    const Stack stack;
    stack.put(patient_with({{"kind", "silence"}, {"at", 6}, {"times", 5}}));
    const auto edge = look();
    CHECK(edge.lost == 5);
    CHECK(edge.took.size() == patient.pollings - 5);

    stack.put(patient_with({{"kind", "delay"}, {"amount", 3000}, {"at", 3}, {"times", 1}}));
    auto limits = patient;
    limits.whole = 300ms;
    CHECK(look(limits).outcome == Outcome::silent);
}

TEST_CASE("card look: pollings end with their time, so that a slow reader is not asked for long") {
    const Stack stack;
    stack.put(patient_with({{"kind", "delay"}, {"amount", 120}, {"at", 1}, {"times", 100}}));
    auto limits = patient;
    limits.polling = 200ms;
    const auto slow = look(limits);
    CHECK(slow.outcome == Outcome::ours);
    CHECK(slow.took.size() >= 1);
    CHECK(slow.took.size() <= 3);
}

TEST_CASE("card look: a reader that passes no frame on is known, with a FeliCa card, by what it still tells") {
    const Stack stack;
    stack.put(patient_with({{"kind", "status"}, {"word", "6D00"}, {"layer", "reader"}, {"at", 1}, {"times", 1000}}));
    CHECK(look().outcome == Outcome::no_felica);
}

TEST_CASE("card look: a reader of IDms alone is the plain one, and old firmware speaks T=0") {
    {
        const Stack stack{"plain"};
        stack.put({{"do", "lay"}, {"card", "patient-1"}});
        CHECK(look().dialect == protocol::Dialect::plain);
    }
    const Stack stack{"acr122u-t0"};
    stack.put({{"do", "lay"}, {"card", "patient-1"}});
    const auto seen = look();
    CHECK(seen.t0);
    CHECK(seen.outcome == Outcome::ours);
}
