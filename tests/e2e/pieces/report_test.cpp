#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/e2e/story/report.h"

using namespace kazashi::story;

TEST_CASE("report: a step without a check is not ok") {
    StepReport step;
    CHECK_FALSE(step.ok());
    step.check("seen", true);
    CHECK(step.ok());
    step.check("counted", false);
    CHECK_FALSE(step.ok());
}

TEST_CASE("report: a check made twice holds only if it held both times") {
    StepReport step;
    step.check("torn_said", false);
    step.check("torn_said", true);
    CHECK(step.checks.size() == 1);
    CHECK_FALSE(step.ok());
}

TEST_CASE("report: one failed step fails the story, and so does a story without steps") {
    Report report;
    CHECK_FALSE(report.ok());
    report.steps.push_back({"idle", 1, "01-idle.png", {{"seen", true}}});
    CHECK(report.ok());
    report.steps.push_back({"sign_in", 1, "02-sign_in.png", {{"seen", false}}});
    CHECK_FALSE(report.ok());
}

TEST_CASE("report: json has the agreed shape") {
    Report report;
    report.patients = 60;
    report.steps.push_back({"idle", 12.345, "01-idle.png", {{"drawn", true}, {"line_seen", false}}});
    report.taps.ms = {30, 10, 20};
    const auto json = nlohmann::json::parse(report.json());
    CHECK(json == nlohmann::json::parse(R"({"patients": 60, "steps": [{"name": "idle", "ok": false, "ms": 12.3,
        "screenshot": "01-idle.png", "checks": {"drawn": true, "line_seen": false}}],
        "tap_to_summary_ms": {"n": 3, "p50": 20.0, "p99": 30.0}})"));
}

TEST_CASE("report: percentiles are measured values") {
    TapTimes taps;
    CHECK(taps.percentile(0.5) == 0);
    for (int i = 1; i <= 20; ++i) taps.ms.push_back(i);
    CHECK(taps.percentile(0.5) == 10);
    CHECK(taps.percentile(0.99) == 20);
}

TEST_CASE("report: the table names what did not hold") {
    Report report;
    report.steps.push_back({"thief", 1, "", {{"nothing_found", false}}});
    CHECK(report.table().find("did not hold: nothing_found") != std::string::npos);
    CHECK(report.table().find("FAILED") != std::string::npos);
}
