#include "terminal/doctor/command.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <system_error>
#include <thread>

#include "terminal/doctor/tuning.h"

namespace kazashi::doctor {

namespace {

using base::Error;
using base::Fault;

// A service that is started must not inherit the signals this program leaves to another thread.
class NoBlockedSignals {
public:
    NoBlockedSignals() {
        ::sigset_t none{};
        ::sigemptyset(&none);
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
    }
    NoBlockedSignals(const NoBlockedSignals&) = delete;
    NoBlockedSignals& operator=(const NoBlockedSignals&) = delete;
    ~NoBlockedSignals() { ::posix_spawnattr_destroy(&attributes_); }
    const ::posix_spawnattr_t* get() const { return &attributes_; }

private:
    ::posix_spawnattr_t attributes_{};
};

class QuietFiles {
public:
    QuietFiles() {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    QuietFiles(const QuietFiles&) = delete;
    QuietFiles& operator=(const QuietFiles&) = delete;
    ~QuietFiles() { ::posix_spawn_file_actions_destroy(&actions_); }
    const ::posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    ::posix_spawn_file_actions_t actions_{};
};

base::Status wait_for(::pid_t pid, std::chrono::milliseconds most) {
    const auto end = std::chrono::steady_clock::now() + most;
    int status = 0;
    while (::waitpid(pid, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, &status, 0);
            return Error{Fault::timeout, "a repair did not end"};
        }
        std::this_thread::sleep_for(tuning::look_again);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return base::ok();
    return Error{Fault::denied, "a repair was refused"};
}

}  // namespace

base::Status run_command(const CommandLine& command, std::chrono::milliseconds most) {
    if (command.empty()) return Error{Fault::unsupported, "no such way on this machine"};
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const QuietFiles files;
    const NoBlockedSignals signals;
    ::pid_t pid = 0;
    if (::posix_spawn(&pid, words.front().c_str(), files.get(), signals.get(), arguments.data(), environ) != 0)
        return Error{Fault::io, "a repair could not begin"};
    return wait_for(pid, most);
}

std::filesystem::path find_program(const std::string& name) {
    std::error_code failed;
    for (const auto* folder : {"/usr/sbin", "/usr/bin", "/sbin", "/bin"}) {
        auto program = std::filesystem::path{folder} / name;
        if (std::filesystem::exists(program, failed)) return program;
    }
    return {};
}

}  // namespace kazashi::doctor
