#include "sync/model/trusted_clock.h"

#include <vector>

#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"

using namespace kazashi;
using namespace std::chrono_literals;
using model::ClockFault;
using model::ClockMark;
using model::ClockQuality;
using model::TrustedClock;
using model::UtcTime;

namespace {

constexpr auto small = TrustedClock::small;

std::vector<ClockFault> faults(TrustedClock& trusted) {
    static_cast<void>(trusted.read());
    std::vector<ClockFault> taken;
    while (const auto fault = trusted.take_fault()) taken.push_back(*fault);
    return taken;
}
std::vector<ClockFault> one(ClockFault fault) { return {fault}; }

ClockMark mark_at(UtcTime time) { return {time, time, false}; }

}  // namespace

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

TEST_CASE("clock mark: its text leads back to it and nothing else does") {
    const ClockMark marks[] = {{UtcTime{0ms}, UtcTime{0ms}, false},
                               {UtcTime{1'767'225'600'123ms}, UtcTime{1'767'225'700'000ms}, false},
                               {UtcTime{1'767'225'600'123ms}, UtcTime{1'767'225'600'123ms}, true}};
    for (const auto& mark : marks) CHECK(model::clock_mark_from(to_text(mark)) == mark);
    CHECK(marks[1] != marks[0]);
    CHECK(marks[1] != ClockMark{marks[1].proved, marks[1].proved, false});
    CHECK(marks[2] != mark_at(marks[2].now));
    CHECK(to_text(marks[1]) == "1767225600123 1767225700000 0");
    CHECK(model::clock_mark_from("1767225600123") == mark_at(UtcTime{1'767'225'600'123ms}));
    for (const auto* wrong : {"", " ", "x", "-5", "5 ", "5 x", "5 7", "5 7 ", "5 7 2", "5 7 0 ", "5  7 0", "7 5 0",
                              "5 -7 0", "5,7,0", "5 7 00", "99999999999999999999 1 0", "5 99999999999999999999 0"}) {
        CHECK(!model::clock_mark_from(wrong));
    }
}

TEST_CASE("clock fault: each has a word of its own") {
    CHECK(name(ClockFault::set_back) == "set_back");
    CHECK(name(ClockFault::set_forward) == "set_forward");
    CHECK(name(ClockFault::rtc_dead) == "rtc_dead");
    CHECK(name(ClockFault::region_behind) == "region_behind");
    CHECK(name(ClockFault::region_far) == "region_far");
    CHECK(name(static_cast<ClockFault>(99)) == "unknown");
}
