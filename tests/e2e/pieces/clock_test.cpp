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

TEST_CASE("story clock: days pass everywhere, a wall clock set back leaves the boot clock and the region alone") {
    const kazashi::fakes::TempFolder folder;
    StoryClock clock{folder.path() / "clock", folder.path() / "region-clock"};
    const kazashi::base::DemoClock terminal{folder.path() / "clock"};
    const kazashi::base::DemoClock region{folder.path() / "region-clock"};
    const auto wall = terminal.wall();
    const auto boot = terminal.boot();
    REQUIRE(clock.pass(48h));
    CHECK(terminal.wall() - wall >= 48h);
    CHECK(terminal.boot() - boot >= 48h);
    CHECK(region.wall() - wall >= 48h);
    REQUIRE(clock.set_wall_back(24h));
    CHECK(terminal.wall() - wall < 25h);
    CHECK(terminal.boot() - boot >= 48h);
    CHECK(region.wall() - wall >= 48h);
    CHECK(clock.now() - terminal.wall() < 1min);
    REQUIRE(clock.pass(24h));
    CHECK(terminal.wall() - wall < 49h);
    CHECK(region.wall() - wall >= 72h);
}
