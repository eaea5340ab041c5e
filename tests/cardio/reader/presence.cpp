#include "cardio/reader/presence.h"

#include <winscard.h>

#include "tests/catch.h"

using namespace kazashi;
using reader::CardArrived;
using reader::CardDeparted;
using reader::ReaderWatch;

namespace {

ReaderWatch with_card(const std::string& name, std::uint32_t count) {
    return {name, count << 16U | SCARD_STATE_PRESENT};
}
ReaderWatch without(const std::string& name, std::uint32_t count) { return {name, count << 16U | SCARD_STATE_EMPTY}; }

card::SessionNumber arrived(const reader::MonitorEvent& event) { return std::get<CardArrived>(event).session; }
card::SessionNumber departed(const reader::MonitorEvent& event) { return std::get<CardDeparted>(event).session; }

}  // namespace

TEST_CASE("presence: a card comes and goes once") {
    reader::Presence presence;
    CHECK(presence.look({without("A", 0)}, {}).empty());
    const auto came = presence.look({with_card("A", 1)}, {});
    REQUIRE(came.size() == 1);
    CHECK(presence.look({with_card("A", 1)}, {}).empty());
    const auto went = presence.look({without("A", 2)}, {});
    REQUIRE(went.size() == 1);
    CHECK(departed(went[0]) == arrived(came[0]));
    CHECK(presence.look({without("A", 2)}, {}).empty());
}

TEST_CASE("presence: a swap between two looks is two presentations") {
    reader::Presence presence;
    const auto first = presence.look({with_card("A", 1)}, {});
    const auto swap = presence.look({with_card("A", 3)}, {});
    REQUIRE(swap.size() == 2);
    CHECK(departed(swap[0]) == arrived(first[0]));
    CHECK(arrived(swap[1]) != arrived(first[0]));
}

TEST_CASE("presence: an unplugged reader takes its card along") {
    reader::Presence presence;
    CHECK(presence.look({with_card("A", 1), with_card("B", 1)}, {}).size() == 2);
    CHECK(presence.look({with_card("B", 1)}, {}).size() == 1);
    CHECK(presence.look({}, {}).size() == 1);
    CHECK(presence.look({with_card("A", 1)}, {}).size() == 1);
}
