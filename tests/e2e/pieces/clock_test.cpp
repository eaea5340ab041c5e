#include "tests/catch.h"
#include "tests/e2e/story/story_clock.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi::story;
using namespace std::chrono_literals;
using std::chrono::sys_days;

TEST_CASE("story clock: the last day of a window is the sixtieth after the day of the tap in Japan") {
    using namespace std::chrono;
    CHECK(last_day_of_window(sys_days{2026y / 11 / 20} + 3h, 60) == "1月19日");
    // 15:30 UTC is already the next day in Japan.
    CHECK(last_day_of_window(sys_days{2026y / 11 / 20} + 15h + 30min, 60) == "1月20日");
}

TEST_CASE("story clock: days pass for both clocks, a wall clock set back leaves the boot clock alone") {
    const kazashi::fakes::TempFolder folder;
    StoryClock clock{folder.path() / "clock"};
    const kazashi::base::DemoClock seen{folder.path() / "clock"};
    const auto wall = seen.wall();
    const auto boot = seen.boot();
    REQUIRE(clock.pass(48h));
    CHECK(seen.wall() - wall >= 48h);
    CHECK(seen.boot() - boot >= 48h);
    REQUIRE(clock.set_wall_back(24h));
    CHECK(seen.wall() - wall < 25h);
    CHECK(seen.boot() - boot >= 48h);
    CHECK(clock.now() - seen.wall() < 1min);
}
