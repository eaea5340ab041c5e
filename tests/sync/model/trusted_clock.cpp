// The wall clock and the boot clock, while it runs and after it was off.
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/sync/model/clock_faults.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using model::ClockFault;
using model::ClockMark;
using model::ClockQuality;
using model::TrustedClock;
using model::UtcTime;

TEST_CASE("trusted clock: without a mark it believes the wall clock of its first start") {
    fakes::FakeClock clock;
    TrustedClock trusted{clock, std::nullopt};
    CHECK(trusted.read().now == clock.wall());
    CHECK(trusted.read().certain == clock.wall());
    CHECK(trusted.read().quality == ClockQuality::wall);
    CHECK(faults(trusted).empty());
}

TEST_CASE("trusted clock: without a mark and with a dead battery it is unsure") {
    fakes::FakeClock clock;
    clock.set_wall(UtcTime{5min});
    TrustedClock trusted{clock, std::nullopt};
    CHECK(trusted.read().quality == ClockQuality::unsure);
    CHECK(faults(trusted) == one(ClockFault::rtc_dead));
}

TEST_CASE("trusted clock: it advances with the boot clock while the wall clock stands") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    clock.pass_boot_only(30s);
    CHECK(trusted.read().now == start + 30s);
    CHECK(trusted.read().certain == start + 30s);
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
    CHECK(trusted.mark().proved == start + 3s);
}

TEST_CASE("trusted clock: weeks asleep count in full") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, mark_at(start)};
    clock.pass(24h * 30);
    CHECK(trusted.read().now == start + 24h * 30);
    CHECK(trusted.read().certain == start + 24h * 30);
    CHECK(faults(trusted).empty());
}

TEST_CASE("trusted clock: a wall clock set forward while it runs is told once and not followed") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    clock.set_wall(start + 61 * 24h);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().certain == start);
    CHECK(faults(trusted) == one(ClockFault::set_forward));
    clock.pass(10min);
    CHECK(trusted.read().now == start + 10min);
    CHECK(faults(trusted).empty());
    clock.set_wall(start + 10min);
    CHECK(faults(trusted).empty());
    clock.set_wall(start + 61 * 24h);
    CHECK(faults(trusted) == one(ClockFault::set_forward));
}

TEST_CASE("trusted clock: two minutes either way are a correction and no fault") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    clock.set_wall(start - small);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().quality == ClockQuality::wall);
    CHECK(faults(trusted).empty());
    clock.set_wall(start - small - 1ms);
    CHECK(trusted.read().quality == ClockQuality::behind);
    CHECK(faults(trusted) == one(ClockFault::set_back));
    clock.set_wall(start + small);
    CHECK(trusted.read().now == start + small);
    CHECK(faults(trusted).empty());
    clock.set_wall(start + 2 * small + 1ms);
    CHECK(trusted.read().now == start + small);
    CHECK(faults(trusted) == one(ClockFault::set_forward));
}

TEST_CASE("trusted clock: a wall clock pushed on in small steps deletes nothing beyond the tolerance") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    for (int i = 0; i < 2'000; ++i) {
        clock.set_wall(clock.wall() + small);
        static_cast<void>(trusted.read());
    }
    CHECK(trusted.read().now == start + 2'000 * small);
    CHECK(trusted.read().certain == start + 24h);
    CHECK(trusted.mark().proved == start);
}

TEST_CASE("trusted clock: a wall clock set back changes nothing and is told once") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    clock.set_wall(start - 61 * 24h);
    CHECK(trusted.read().now == start);
    CHECK(trusted.read().quality == ClockQuality::behind);
    CHECK(faults(trusted) == one(ClockFault::set_back));
    CHECK(faults(trusted).empty());
    clock.pass(10min);
    CHECK(trusted.read().now == start + 10min);
    CHECK(faults(trusted).empty());

    clock.set_wall(start + 10min);
    CHECK(trusted.read().quality == ClockQuality::wall);
    clock.set_wall(start - 24h);
    CHECK(trusted.read().now == start + 10min);
    CHECK(faults(trusted) == one(ClockFault::set_back));
}

TEST_CASE("trusted clock: what it complains of stands after it was told and goes with its cause") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    TrustedClock trusted{clock, std::nullopt};
    CHECK(trusted.standing().empty());
    clock.set_wall(start - 24h * 3);
    CHECK(faults(trusted) == one(ClockFault::set_back));
    trusted.heard_region(start - 24h);
    CHECK(trusted.standing() == std::vector{ClockFault::set_back, ClockFault::region_behind});
    clock.set_wall(start);
    trusted.heard_region(start);
    CHECK(trusted.standing().empty());
}

TEST_CASE("trusted clock: a battery that dies while it runs has a word of its own") {
    fakes::FakeClock clock;
    TrustedClock trusted{clock, std::nullopt};
    clock.set_wall(UtcTime{});
    CHECK(faults(trusted) == one(ClockFault::rtc_dead));
    CHECK(trusted.read().quality == ClockQuality::behind);
}

TEST_CASE("trusted clock: after it was off what the wall clock adds opens nothing and deletes little") {
    fakes::FakeClock clock;
    const auto wall = clock.wall();
    SECTION("a night") {
        TrustedClock trusted{clock, mark_at(wall - 14h)};
        CHECK(trusted.read().now == wall);
        CHECK(trusted.read().certain == wall);
        CHECK(trusted.mark().proved == wall - 14h);
    }
    SECTION("a month") {
        TrustedClock trusted{clock, mark_at(wall - 24h * 30)};
        CHECK(trusted.read().now == wall);
        CHECK(trusted.read().certain == wall - 24h * 29);
        trusted.set_tolerance(48h);
        CHECK(trusted.read().certain == wall - 24h * 28);
        trusted.set_tolerance(0min);
        CHECK(trusted.read().certain == wall - 24h * 30);
    }
    SECTION("again and again, it adds up to the tolerance and no more") {
        auto mark = mark_at(wall);
        for (int night = 0; night < 10; ++night) {
            clock.set_wall(clock.wall() + 12h);
            TrustedClock trusted{clock, mark};
            clock.pass(1h);
            mark = trusted.mark();
            CHECK(mark.proved == wall + (night + 1) * 1h);
            CHECK(trusted.read().now == clock.wall());
            CHECK(trusted.read().certain == std::min(clock.wall(), mark.proved + 24h));
            CHECK(faults(trusted).empty());
        }
    }
}

TEST_CASE("trusted clock: a wall clock behind the mark makes it unsure until the region speaks") {
    fakes::FakeClock clock;
    const auto mark = clock.wall();
    SECTION("set back while it was off") {
        clock.set_wall(mark - 24h);
        TrustedClock trusted{clock, mark_at(mark)};
        CHECK(trusted.read().now == mark);
        CHECK(trusted.read().quality == ClockQuality::unsure);
        CHECK(faults(trusted) == one(ClockFault::set_back));
        clock.pass(10min);
        CHECK(trusted.read().now == mark + 10min);
        CHECK(trusted.read().certain == mark + 10min);
        trusted.heard_region(mark + 24h * 90);
        CHECK(trusted.read().now == mark + 24h * 90);
        CHECK(trusted.read().certain == mark + 24h * 90);
        CHECK(trusted.read().quality == ClockQuality::behind);  // the wall clock is still wrong
        clock.set_wall(mark + 24h * 90);
        CHECK(trusted.read().quality == ClockQuality::region);
    }
    SECTION("a dead battery") {
        clock.set_wall(UtcTime{3s});
        TrustedClock trusted{clock, mark_at(mark)};
        CHECK(trusted.read().quality == ClockQuality::unsure);
        CHECK(faults(trusted) == one(ClockFault::rtc_dead));
    }
    SECTION("put right by hand: it may be, and that is no proof and no fault") {
        clock.set_wall(mark - 24h);
        TrustedClock trusted{clock, mark_at(mark)};
        CHECK(faults(trusted) == one(ClockFault::set_back));
        clock.set_wall(mark + 24h * 90);
        CHECK(trusted.read().quality == ClockQuality::unsure);
        CHECK(trusted.read().now == mark);
        CHECK(faults(trusted).empty());
    }
    SECTION("a restart does not make it sure") {
        clock.set_wall(mark - 24h);
        auto kept = TrustedClock{clock, mark_at(mark)}.mark();
        CHECK(kept.unsure);
        clock.set_wall(mark + 24h);
        TrustedClock again{clock, kept};
        CHECK(again.read().quality == ClockQuality::unsure);
        CHECK(again.read().now == mark + 24h);
        CHECK(faults(again).empty());
        again.heard_region(mark + 24h);
        CHECK(again.read().quality == ClockQuality::region);
        CHECK(!again.mark().unsure);
    }
    SECTION("two minutes behind are nothing") {
        clock.set_wall(mark - small);
        TrustedClock trusted{clock, mark_at(mark)};
        CHECK(trusted.read().now == mark);
        CHECK(trusted.read().quality == ClockQuality::wall);
        CHECK(faults(trusted).empty());
    }
}

TEST_CASE("trusted clock: what it once feared is remembered over a restart") {
    fakes::FakeClock clock;
    const auto start = clock.wall();
    clock.set_wall(start + 24h * 10);
    const auto kept = TrustedClock{clock, mark_at(start)}.mark();
    CHECK(kept == ClockMark{start, start + 24h * 10, false});
    clock.set_wall(start + 1h);  // later than everything proved, and still set back
    TrustedClock trusted{clock, kept};
    CHECK(trusted.read().quality == ClockQuality::unsure);
    CHECK(trusted.read().now == start + 24h * 10);
}

TEST_CASE("trusted clock: suspended between two questions it asks again") {
    // Answers as if the machine had slept for an hour right after the wall clock was asked.
    class Sleeper final : public base::Clock {
    public:
        base::UtcTime wall() const override {
            const auto answer = start_ + std::chrono::floor<std::chrono::milliseconds>(slept_);
            if (std::exchange(tired_, false)) slept_ = 1h;
            return answer;
        }
        base::SteadyTime boot() const override { return base::SteadyTime{5s} + slept_; }
        void tire() { tired_ = true; }

    private:
        base::UtcTime start_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
        mutable std::chrono::microseconds slept_{0};
        mutable bool tired_{false};
    };
    Sleeper clock;
    TrustedClock trusted{clock, std::nullopt};
    const auto start = trusted.read().now;
    clock.tire();
    CHECK(trusted.read().now == start + 1h);
    CHECK(faults(trusted).empty());
}
