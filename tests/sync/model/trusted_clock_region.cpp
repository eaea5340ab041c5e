// What signed region time changes.
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/sync/model/clock_faults.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using model::ClockFault;
using model::ClockQuality;
using model::TrustedClock;

TEST_CASE("trusted clock: signed region time near the wall clock is believed") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, mark_at(start - 24h * 70)};
    CHECK(trusted.read().certain == start - 24h * 69);
    trusted.heard_region(start + 90s);
    CHECK(trusted.read().now == start + 90s);
    CHECK(trusted.read().certain == start + 90s);
    CHECK(trusted.read().quality == ClockQuality::region);
    clock.pass(5min);
    CHECK(trusted.read().quality == ClockQuality::region);
    CHECK(faults(trusted).empty());
}

TEST_CASE("trusted clock: the region takes back what a wall clock that is a little ahead had made of it") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    clock.set_wall(start + 20h);
    TrustedClock trusted{clock, mark_at(start)};
    CHECK(trusted.read().now == start + 20h);
    CHECK(trusted.read().certain == start + 20h);
    trusted.heard_region(start);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().certain == start);
    CHECK(faults(trusted) == one(ClockFault::set_forward));
}

TEST_CASE("trusted clock: an answer a little old still makes it region time and pulls nothing back") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    trusted.heard_region(start - small);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().quality == ClockQuality::region);
}

TEST_CASE("trusted clock: region time behind what is proved is ignored and told once until it recovers") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    for (int round = 0; round < 3; ++round) {
        trusted.heard_region(start - small - 1ms);
        CHECK(trusted.read().now == start);
        CHECK(trusted.read().quality == ClockQuality::wall);
        CHECK(faults(trusted) == (round == 0 ? one(ClockFault::region_behind) : std::vector<ClockFault>{}));
    }
    trusted.heard_region(start);
    CHECK(faults(trusted).empty());
    trusted.heard_region(start - 24h);
    CHECK(faults(trusted) == one(ClockFault::region_behind));
}

TEST_CASE("trusted clock: region time far from everything closes and deletes nothing however often it is heard") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    for (int round = 0; round < 3; ++round) {
        trusted.heard_region(start + 24h * 365);
        CHECK(trusted.read().now == start + 24h * 365);
        CHECK(trusted.read().certain == start + 24h);
        CHECK(trusted.mark().proved == start);
    }
    CHECK(faults(trusted) == std::vector{ClockFault::set_back, ClockFault::region_far});
    trusted.heard_region(start);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().certain == start);
    CHECK(trusted.read().quality == ClockQuality::region);
    CHECK(faults(trusted).empty());
}

TEST_CASE("trusted clock: a region that is late alone does not open again what the wall clock closed") {
    fakes::FakeClock clock;
    const auto wall = clock.wall();
    TrustedClock trusted{clock, mark_at(wall - 24h * 70)};
    for (int round = 0; round < 3; ++round) {
        trusted.heard_region(wall - 24h * 30);
        CHECK(trusted.read().now == wall);
        CHECK(trusted.mark().proved == wall - 24h * 70);
    }
    CHECK(faults(trusted) == one(ClockFault::region_far));
}

TEST_CASE("trusted clock: a day is near and more than a day is far") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    trusted.heard_region(start + TrustedClock::near + 1ms);
    CHECK(trusted.mark().proved == start);
    trusted.heard_region(start + TrustedClock::near);
    CHECK(trusted.mark().proved == start + TrustedClock::near);
}
