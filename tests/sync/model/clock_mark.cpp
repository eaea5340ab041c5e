// What is kept of the clock, and the words of its faults.
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/sync/model/clock_faults.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using model::ClockFault;
using model::ClockMark;
using model::UtcTime;

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
