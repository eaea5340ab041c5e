#include "terminal/doctor/command.h"

#include <chrono>

#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono_literals;
using base::Fault;

TEST_CASE("doctor: a repair's program ends well, badly, not at all, or is not there") {
    CHECK(doctor::run_command({"/bin/true"}, 20s));
    CHECK(doctor::run_command({"/bin/false"}, 20s).fault() == Fault::denied);
    CHECK(doctor::run_command({"/bin/sleep", "60"}, 100ms).fault() == Fault::timeout);
    CHECK(doctor::run_command({"/nowhere/program"}, 20s).fault() == Fault::io);
    CHECK(doctor::run_command({}, 20s).fault() == Fault::unsupported);
    CHECK(!doctor::find_program("sh").empty());
    CHECK(doctor::find_program("no-such-program").empty());
}
