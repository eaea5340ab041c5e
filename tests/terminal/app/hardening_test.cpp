#include "terminal/app/hardening.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "terminal/app/descriptor.h"
#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;

namespace {

// What a child of ours is after `doing`: hardening cannot be undone in this process.
template <class Doing>
int child(Doing doing) {
    const pid_t pid = ::fork();
    if (pid == 0) ::_exit(doing());
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A pipe can be opened for writing without waiting only when somebody reads it.
app::Descriptor writer_once_read(const std::filesystem::path& pipe, pid_t reader) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (std::chrono::steady_clock::now() < deadline && ::waitpid(reader, nullptr, WNOHANG) == 0) {
        app::Descriptor writer{::open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)};
        if (writer) return writer;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    return {};
}

int dumpable() { return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

bool core_limit_is_zero() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
}

}  // namespace

TEST_CASE("hardening: no core dumps, and nobody may look in") {
    CHECK(child([] {
              app::harden();
              return core_limit_is_zero() && dumpable() == 0 ? 0 : 1;
          }) == 0);
}

TEST_CASE("hardening: a demonstration lets its checks look in, and still dumps nothing") {
    CHECK(child([] {
              app::harden();
              app::let_the_demonstration_look_in();
              return core_limit_is_zero() && dumpable() == 1 ? 0 : 1;
          }) == 0);
}

TEST_CASE("hardening: a program that crashes under it leaves no core") {
    fakes::TempFolder folder;
    const pid_t pid = ::fork();
    if (pid == 0) {
        app::harden();
        if (::chdir(folder.path().c_str()) != 0) ::_exit(2);
        std::signal(SIGABRT, SIG_DFL);
        ::abort();
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    CHECK(!WCOREDUMP(status));
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("hardening: the program itself, whatever its verb, dumps nothing and lets nobody look in") {
    fakes::TempFolder folder;
    const auto pipe = folder / "ledger.cbor";
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(::mkfifo(pipe.c_str(), 0644) == 0);
    const std::string key(64, '0');
    const pid_t pid = ::fork();
    if (pid == 0) {
        // Of a program of root's nobody could tell: its entries in /proc are root's anyway.
        if (::getuid() == 0 && ::setuid(65'534) != 0) ::_exit(3);
        ::execl(KAZASHI_BIN "/kazashi", "kazashi", "ledger", "verify", pipe.c_str(), "--key", key.c_str(), nullptr);
        ::_exit(4);
    }
    // It waits for somebody to write; once it does, it has come past its first lines.
    const app::Descriptor writer = writer_once_read(pipe, pid);
    REQUIRE(writer);
    struct stat entry {};
    REQUIRE(::stat(("/proc/" + std::to_string(pid) + "/mem").c_str(), &entry) == 0);
    CHECK(entry.st_uid == 0);  // what may be looked into belongs to whoever started it
    std::ifstream limits{"/proc/" + std::to_string(pid) + "/limits"};
    std::string core;
    for (std::string line; std::getline(limits, line);)
        if (line.starts_with("Max core file size")) core = line;
    CHECK(core.find(" 0  ") != std::string::npos);
    CHECK(core.find("unlimited") == std::string::npos);
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
}
