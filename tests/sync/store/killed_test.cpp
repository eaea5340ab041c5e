// A program that is killed in the middle of its work, on the real file system: what it said was done is there, what it
// was doing is there whole or not at all. KAZASHI_LONG=1: 1,000 rounds.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

#include "tests/catch.h"
#include "tests/fakes/crash_vfs.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/store/fixture.h"
#include "tests/sync/store/works.h"

using namespace kazashi;
using namespace kazashi::store_tests;

namespace {

// Works until it is killed; one byte into the pipe for each call the store has acknowledged.
[[noreturn]] void work(StoreFolder& folder, std::uint64_t seed, int pipe) {
    auto store = store::Store::open(folder.file(), {});
    if (!store) ::_exit(2);
    folder.sign(*store);
    Works works{*store, folder.region, seed, [pipe] {
                    if (::write(pipe, "+", 1) != 1) ::_exit(3);
                }};
    while (works.act_at_random()) {
    }
    ::_exit(4);
}

// How many calls were acknowledged before the kill.
int killed_after(StoreFolder& folder, std::uint64_t seed, std::chrono::microseconds life) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(ends[0]);
        work(folder, seed, ends[1]);
    }
    ::close(ends[1]);
    char byte = 0;
    int acknowledged = 0;
    // The first one tells that it is under way; from then on the kill may come at any instruction.
    if (::read(ends[0], &byte, 1) == 1) ++acknowledged;
    std::this_thread::sleep_for(life);
    REQUIRE(::kill(child, SIGKILL) == 0);
    while (::read(ends[0], &byte, 1) == 1) ++acknowledged;
    ::close(ends[0]);
    int how = 0;
    REQUIRE(::waitpid(child, &how, 0) == child);
    REQUIRE(WIFSIGNALED(how));  // it did not end by itself
    return acknowledged;
}

// The rows after so many calls and after one more.
std::pair<std::string, std::string> expected(StoreFolder& folder, const fakes::Disk& before, std::uint64_t seed,
                                             int calls, const fakes::CrashVfs& vfs) {
    fakes::TempFolder other;
    fakes::write_disk(other.path().string(), before);
    const auto file = other / "kazashi.db";
    auto store = store::Store::open(file, {.vfs = vfs.name()});
    REQUIRE(store);
    folder.sign(*store);
    std::pair<std::string, std::string> rows;
    int done = 0;
    if (calls == 0) rows.first = rows_of(file, vfs.name());
    Works works{*store, folder.region, seed, [&] {
                    ++done;
                    if (done == calls) rows.first = rows_of(file, vfs.name());
                    if (done == calls + 1) rows.second = rows_of(file, vfs.name());
                }};
    while (done <= calls) REQUIRE(works.act_at_random());
    return rows;
}

}  // namespace

TEST_CASE("killed: a program killed at random has kept its word") {
#ifdef KAZASHI_ASAN
    const int rounds = 10;
#else
    const int rounds = std::getenv("KAZASHI_LONG") != nullptr ? 1000 : 100;
#endif
    const fakes::CrashVfs vfs;
    StoreFolder folder;
    { auto store = folder.open(); }
    std::mt19937_64 random{20261121};
    const auto begun = std::chrono::steady_clock::now();
    std::int64_t calls = 0;
    int in_flight = 0;
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        if (round % 50 == 0) {
            // Small again, so that a thousand rounds stay quick.
            fakes::write_disk(folder.folder.path().string(), {});
            auto store = folder.open();
        }
        const auto before = fakes::read_disk(folder.folder.path().string());
        const auto seed = random();
        const auto acknowledged = killed_after(folder, seed, std::chrono::microseconds{random() % 30'000});
        calls += acknowledged;
        {
            auto store = folder.open(false);
            REQUIRE(store.verify_ledger(folder.signing.verify));
        }
        const auto rows = rows_of(folder.file());
        const auto [kept, one_more] = expected(folder, before, seed, acknowledged, vfs);
        REQUIRE((rows == kept || rows == one_more));
        if (rows == one_more) ++in_flight;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::cout << "killed: " << rounds << " rounds, " << calls << " acknowledged calls, " << in_flight
              << " finished but not yet said, " << took.count() << " s\n";
    CHECK(calls >= rounds);
}
