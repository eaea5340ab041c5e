#include "tests/e2e/story/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

using base::Error;
using base::Fault;
namespace fs = std::filesystem;

Result<Pid> read_pid(const fs::path& file) {
    std::ifstream in{file};
    Pid pid{};
    if (!(in >> pid) || pid <= 1) return Error{Fault::not_found, "no process id in " + file.filename().string()};
    return pid;
}

Status write_pid(const fs::path& file, Pid pid) {
    std::ofstream out{file};
    out << pid << '\n';
    if (!out.flush()) return Error{Fault::io, "a process id could not be written"};
    return base::ok();
}

bool alive(Pid pid) {
    ::waitpid(pid, nullptr, WNOHANG);  // ours or not: a child of ours that has ended must not stay a zombie
    std::ifstream stat{"/proc/" + std::to_string(pid) + "/stat"};
    const std::string text{std::istreambuf_iterator<char>{stat}, {}};
    const auto name_end = text.rfind(')');
    return name_end != std::string::npos && name_end + 2 < text.size() && text[name_end + 2] != 'Z';
}

Status stop(Pid pid, milliseconds patience) {
    if (::kill(pid, SIGTERM) != 0) return base::ok();  // already gone
    for (auto waited = milliseconds{0}; waited < patience; waited += tuning::poll) {
        if (!alive(pid)) return base::ok();
        std::this_thread::sleep_for(tuning::poll);
    }
    return Error{Fault::timeout, "a program did not end when asked"};
}

Result<Arguments> arguments_of(Pid pid) {
    std::ifstream in{"/proc/" + std::to_string(pid) + "/cmdline", std::ios::binary};
    Arguments arguments;
    for (std::string one; std::getline(in, one, '\0');) arguments.push_back(one);
    if (arguments.empty()) return Error{Fault::not_found, "no such process"};
    return arguments;
}

namespace {

class Actions {
public:
    Actions() { ::posix_spawn_file_actions_init(&actions_); }
    ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
    posix_spawn_file_actions_t* get() { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

Result<Pid> spawn(const Arguments& arguments, Actions& actions) {
    std::vector<std::string> copy = arguments;
    std::vector<char*> argv;
    for (auto& a : copy) argv.push_back(a.data());
    argv.push_back(nullptr);
    Pid pid{};
    if (::posix_spawnp(&pid, argv[0], actions.get(), nullptr, argv.data(), environ) != 0) {
        return Error{Fault::io, "could not start " + fs::path{arguments.front()}.filename().string()};
    }
    return pid;
}

void log_to(Actions& actions, int fd, const fs::path& log) {
    ::posix_spawn_file_actions_addopen(actions.get(), fd, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
}

}  // namespace

Result<Pid> start(const Arguments& arguments, const fs::path& log) {
    Actions actions;
    log_to(actions, STDOUT_FILENO, log);
    ::posix_spawn_file_actions_adddup2(actions.get(), STDOUT_FILENO, STDERR_FILENO);
    return spawn(arguments, actions);
}

Result<Finished> run(const Arguments& arguments, const fs::path& log) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return Error{Fault::io, "no pipe"};
    Actions actions;
    ::posix_spawn_file_actions_adddup2(actions.get(), ends[1], STDOUT_FILENO);
    log_to(actions, STDERR_FILENO, log);
    auto pid = spawn(arguments, actions);
    ::close(ends[1]);
    Finished finished;
    std::array<char, 4096> chunk;
    for (ssize_t n = 0; pid && (n = ::read(ends[0], chunk.data(), chunk.size())) > 0;) {
        finished.out.append(chunk.data(), static_cast<std::size_t>(n));
    }
    ::close(ends[0]);
    if (!pid) return pid.error();
    int status{};
    ::waitpid(*pid, &status, 0);
    finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return finished;
}

}  // namespace kazashi::story
