#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/catch.h"
#include "tests/e2e/story/memory.h"
#include "tests/e2e/story/process.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi::story;
using namespace std::chrono_literals;

TEST_CASE("process: a program is started, known by its arguments and ended by its id") {
    const kazashi::fakes::TempFolder folder;
    const auto pid = start({"sleep", "600"}, folder.path() / "log");
    REQUIRE(pid);
    CHECK(alive(*pid));
    REQUIRE(write_pid(folder.path() / "pid", *pid));
    const auto read = read_pid(folder.path() / "pid");
    REQUIRE(read);
    CHECK(*read == *pid);
    ::usleep(100'000);  // the kernel lets us go on before the new program's arguments stand
    const auto arguments = arguments_of(*pid);
    REQUIRE(arguments);
    CHECK(*arguments == Arguments{"sleep", "600"});
    CHECK(stop(*pid, 5s));
    CHECK_FALSE(alive(*pid));
    CHECK_FALSE(arguments_of(*pid));
}

TEST_CASE("process: what a program prints is handed back with its exit status") {
    const kazashi::fakes::TempFolder folder;
    const auto finished = run({"sh", "-c", "echo out; echo err >&2; exit 3"}, folder.path() / "log");
    REQUIRE(finished);
    CHECK(finished->status == 3);
    CHECK(finished->out == "out\n");
    std::ifstream log{folder.path() / "log"};
    CHECK(std::string{std::istreambuf_iterator<char>{log}, {}} == "err\n");
    CHECK_FALSE(run({"no-such-program-here"}, folder.path() / "log"));
}

TEST_CASE("process: a pid file with nonsense in it is nobody") {
    const kazashi::fakes::TempFolder folder;
    CHECK_FALSE(read_pid(folder.path() / "none"));
    std::ofstream{folder.path() / "pid"} << "0\n";
    CHECK_FALSE(read_pid(folder.path() / "pid"));
}

TEST_CASE("memory: words another program holds are found and words it does not hold are not") {
    const kazashi::fakes::TempFolder folder;
    // The shell keeps the variable, made from two halves so that no other process's argument holds it.
    const auto pid =
        start({"sh", "-c", "a=needle-in; b=-a-haystack; c=$a$b; d=$c; sleep 60; echo $d"}, folder.path() / "log");
    REQUIRE(pid);
    ::usleep(300'000);
    const auto found = words_in_memory(*pid, {"needle-in-a-haystack", "needle-in-a-bale"});
    CHECK(stop(*pid, 5s));
    REQUIRE(found);
    CHECK(*found == std::vector<std::string>{"needle-in-a-haystack"});
}

namespace {

// Never stands in this program as it is, so that only the page holds it.
std::string needle() {
    std::string word = "tivu!joup!b!qbhf";
    for (char& c : word) c = static_cast<char>(c - 1);
    return word;
}

// Writes the needle into a page, shuts it and waits.
[[noreturn]] void keep_shut_page() {
    ::signal(SIGTERM, SIG_DFL);
    constexpr std::size_t size = 4096;
    char* page = static_cast<char*>(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    const char* hidden = "tivu!joup!b!qbhf";
    for (std::size_t i = 0; hidden[i] != '\0'; ++i) page[i] = static_cast<char>(hidden[i] - 1);
    ::mprotect(page, size, PROT_NONE);
    while (true) ::pause();
}

}  // namespace

TEST_CASE("memory: a word in a page that is shut is found") {
    const auto pid = ::fork();
    if (pid == 0) keep_shut_page();
    ::usleep(100'000);
    const auto found = words_in_memory(pid, {needle()});
    CHECK(stop(pid, 5s));
    REQUIRE(found);
    CHECK(*found == std::vector<std::string>{needle()});
}

TEST_CASE("memory: a program that is gone is an error and not a clean result") {
    const kazashi::fakes::TempFolder folder;
    const auto pid = start({"true"}, folder.path() / "log");
    REQUIRE(pid);
    CHECK(stop(*pid, 5s));
    CHECK_FALSE(words_in_memory(*pid, {"anything"}));
}
