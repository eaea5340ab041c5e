#include "terminal/app/hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

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
