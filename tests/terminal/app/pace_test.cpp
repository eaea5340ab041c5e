#include "terminal/app/pace.h"

#include "terminal/app/tuning.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono_literals;

namespace {

const base::SteadyTime start{1'000'000us};

int frames_drawn_at(app::Pace& pace, base::SteadyTime now) {
    int frames = 0;
    while (pace.due(now) && frames < 100) {
        pace.drew(now);
        ++frames;
    }
    return frames;
}

}  // namespace

TEST_CASE("pace: nothing happened and nothing is drawn") {
    app::Pace pace;
    CHECK_FALSE(pace.due(start));
    CHECK_FALSE(pace.next());
    CHECK(frames_drawn_at(pace, start + 1h) == 0);
}

TEST_CASE("pace: what happened is drawn at once and then there is rest") {
    app::Pace pace;
    pace.changed();
    CHECK(frames_drawn_at(pace, start) == app::tuning::frames_after_event);
    CHECK_FALSE(pace.next());
    pace.input();
    CHECK(frames_drawn_at(pace, start) == app::tuning::frames_after_input);
    CHECK_FALSE(pace.next());
}

TEST_CASE("pace: a running counter is drawn ten times a second") {
    app::Pace pace;
    pace.changed();
    frames_drawn_at(pace, start);
    int frames = 0;
    for (auto now = start; now < start + 1s; now += 1ms) {
        pace.progressed();
        frames += frames_drawn_at(pace, now);
    }
    CHECK(frames >= 8);
    CHECK(frames <= 10);
}

TEST_CASE("pace: a change does not wait for the counter's turn") {
    app::Pace pace;
    pace.changed();
    frames_drawn_at(pace, start);
    pace.progressed();
    CHECK_FALSE(pace.due(start + 1ms));
    pace.changed();
    CHECK(pace.due(start + 1ms));
}

TEST_CASE("pace: no frame between the steps of a quick tap") {
    app::Pace pace;
    pace.changed();
    pace.tapping(true, start);
    CHECK_FALSE(pace.due(start + 5ms));
    pace.changed();
    pace.tapping(true, start + 5ms);
    CHECK_FALSE(pace.due(start + 10ms));
    pace.changed();
    pace.tapping(false, start + 11ms);
    CHECK(pace.due(start + 11ms));
}

TEST_CASE("pace: a slow tap is not left without a word") {
    app::Pace pace;
    pace.tapping(true, start);
    pace.changed();
    REQUIRE(pace.next());
    CHECK(*pace.next() == start + app::tuning::tap_patience);
    CHECK(pace.due(start + app::tuning::tap_patience));
}

TEST_CASE("pace: patience is counted anew for every stretch of a tap") {
    app::Pace pace;
    pace.tapping(true, start);
    pace.tapping(false, start + 20ms);  // the patient is asked
    pace.tapping(true, start + 10s);    // and says yes
    pace.input();
    CHECK_FALSE(pace.due(start + 10s + 5ms));
}
