#include "sync/engine/engine.h"
#include "tests/catch.h"

using kazashi::engine::Backoff;
using namespace std::chrono_literals;

TEST_CASE("backoff: it doubles from the first to the most and stays there") {
    Backoff backoff;
    const std::chrono::milliseconds steps[] = {500ms,   1000ms,  2000ms,  4000ms,  8000ms,
                                               16000ms, 32000ms, 60000ms, 60000ms, 60000ms};
    for (const auto step : steps) CHECK(backoff.next(1.0) == step);
}

TEST_CASE("backoff: chance takes away up to half of it") {
    Backoff backoff;
    CHECK(backoff.next(0.0) == 250ms);
    CHECK(backoff.next(0.5) == 750ms);
}

TEST_CASE("backoff: success starts it anew") {
    Backoff backoff;
    for (int i = 0; i < 1000; ++i) static_cast<void>(backoff.next(1.0));
    backoff.reset();
    CHECK(backoff.next(1.0) == 500ms);
}
