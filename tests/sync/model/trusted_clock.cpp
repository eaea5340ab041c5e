#include "sync/model/trusted_clock.h"

#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"

using namespace kazashi;
using namespace std::chrono_literals;
using model::ClockQuality;
using model::TrustedClock;

TEST_CASE("trusted clock: it starts at the later of mark and wall clock") {
    fakes::FakeClock clock;
    const auto wall = clock.wall();
    CHECK(TrustedClock{clock, std::nullopt}.read().now == wall);
    CHECK(TrustedClock{clock, wall - 24h}.read().now == wall);
    CHECK(TrustedClock{clock, wall + 24h}.read().now == wall + 24h);
}

TEST_CASE("trusted clock: it advances with the boot clock while the wall clock stands") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    clock.pass_boot_only(30s);
    CHECK(trusted.read().now == start + 30s);
    CHECK(trusted.read().quality == ClockQuality::wall);
}

TEST_CASE("trusted clock: many short steps are not lost to rounding") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    for (int i = 0; i < 10'000; ++i) {
        clock.pass_boot_only(300us);
        static_cast<void>(trusted.read());
    }
    CHECK(trusted.read().now == start + 3s);
}

TEST_CASE("trusted clock: a wall clock set forward is followed") {
    fakes::FakeClock clock;
    TrustedClock trusted{clock, std::nullopt};
    clock.set_wall(clock.wall() + 61 * 24h);
    CHECK(trusted.read().now == clock.wall());
    CHECK(!trusted.take_fault());
}

TEST_CASE("trusted clock: a wall clock set back changes nothing and is told once") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    clock.set_wall(start - 61 * 24h);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().quality == ClockQuality::behind);
    CHECK(trusted.take_fault());
    CHECK(!trusted.take_fault());
    clock.pass(10min);
    CHECK(trusted.read().now == start + 10min);
    CHECK(!trusted.take_fault());

    clock.set_wall(start + 10min);
    CHECK(trusted.read().quality == ClockQuality::wall);
    clock.set_wall(start - 24h);
    CHECK(trusted.read().now == start + 10min);
    CHECK(trusted.take_fault());
}

TEST_CASE("trusted clock: two minutes back are a correction and no fault") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    clock.set_wall(start - TrustedClock::tolerance);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().quality == ClockQuality::wall);
    CHECK(!trusted.take_fault());
    clock.set_wall(start - TrustedClock::tolerance - 1ms);
    CHECK(trusted.read().quality == ClockQuality::behind);
    CHECK(trusted.take_fault());
}

TEST_CASE("trusted clock: set back while switched off is a fault at the next start") {
    fakes::FakeClock clock;
    const auto mark = clock.wall();
    clock.set_wall(mark - 24h);
    TrustedClock trusted{clock, mark};
    CHECK(trusted.read().now == mark);
    CHECK(trusted.take_fault());
}

TEST_CASE("trusted clock: signed region time ahead is followed") {
    fakes::FakeClock clock;
    TrustedClock trusted{clock, std::nullopt};
    trusted.heard_region(clock.wall() + 90s);
    CHECK(trusted.read().now == clock.wall() + 90s);
    CHECK(trusted.read().quality == ClockQuality::region);
    clock.pass(5min);
    CHECK(trusted.read().quality == ClockQuality::region);
}

TEST_CASE("trusted clock: an answer a little old still makes it region time") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    trusted.heard_region(start - 2s);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().quality == ClockQuality::region);
}

TEST_CASE("trusted clock: region time far behind pulls nothing back") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    trusted.heard_region(start - 24h);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().quality == ClockQuality::wall);
}

TEST_CASE("trusted clock: after a jump of the wall clock it is no longer region time") {
    fakes::FakeClock clock;
    TrustedClock trusted{clock, std::nullopt};
    trusted.heard_region(clock.wall());
    clock.set_wall(clock.wall() + 1h);
    CHECK(trusted.read().quality == ClockQuality::wall);
    trusted.heard_region(clock.wall());
    CHECK(trusted.read().quality == ClockQuality::region);
}

TEST_CASE("trusted clock: region time far ahead of a slow wall clock is a fault of the wall clock") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    trusted.heard_region(start + 1h);
    CHECK(trusted.read().now == start + 1h);
    CHECK(trusted.read().quality == ClockQuality::behind);
    CHECK(trusted.take_fault());
}
