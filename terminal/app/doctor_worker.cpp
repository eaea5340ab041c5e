#include "terminal/app/doctor_worker.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <utility>
#include <vector>

#include "cardio/base/log.h"
#include "terminal/app/doctor_lines.h"
#include "terminal/app/tuning.h"

namespace kazashi::app {

namespace {

// What the child gets instead of ours: no signals blocked, its lines into our pipe.
struct Spawning {
    explicit Spawning(int lines) {
        ::sigset_t none{};
        ::sigemptyset(&none);
        ::posix_spawnattr_init(&attributes);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files, lines, STDOUT_FILENO);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;
    ~Spawning() {
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&attributes);
    }
    ::posix_spawnattr_t attributes{};
    ::posix_spawn_file_actions_t files{};
};

}  // namespace

DoctorWorker::DoctorWorker(std::filesystem::path program, const RunOptions& options, Inbox& inbox)
    : program_{std::move(program)},
      state_{options.state},
      assets_{options.assets},
      reader_{options.reader},
      profiles_{options.profiles},
      inbox_{inbox} {}

DoctorWorker::~DoctorWorker() { end(); }

void DoctorWorker::call(std::uint64_t number, const std::string& repair) {
    end();
    auto lines = start(repair);
    thread_ = std::thread{[this, number, lines = std::move(lines)] { listen(number, lines); }};
}

Descriptor DoctorWorker::start(const std::string& repair) {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
    Descriptor lines{ends[0]};
    const Descriptor other{ends[1]};
    std::vector<std::string> words{program_, "doctor", "--json", "--state", state_};
    if (!assets_.empty()) words.insert(words.end(), {"--assets", assets_});
    if (!reader_.empty()) words.insert(words.end(), {"--reader", reader_});
    if (!profiles_.empty()) words.insert(words.end(), {"--profiles", profiles_});
    if (!repair.empty()) words.insert(words.end(), {"--repair", repair});
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const Spawning as{other.get()};
    const std::lock_guard lock{mutex_};
    if (::posix_spawn(&process_, program_.c_str(), &as.files, &as.attributes, arguments.data(), environ) == 0)
        return lines;
    process_ = 0;
    return {};
}

void DoctorWorker::end() {
    {
        const std::lock_guard lock{mutex_};
        if (process_ > 0) ::kill(process_, SIGKILL);
    }
    if (thread_.joinable()) thread_.join();
}

// It has closed its end of the pipe: it has ended, or will do nothing more that we could learn of.
void DoctorWorker::reap() {
    const std::lock_guard lock{mutex_};
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

void DoctorWorker::listen(std::uint64_t number, const Descriptor& lines) {
    std::string text;
    std::array<char, 4096> chunk{};
    bool well = false;
    while (lines) {
        const auto got = ::read(lines.get(), chunk.data(), chunk.size());
        if (got <= 0 || text.size() > tuning::doctor_line_bytes) break;
        text.append(chunk.data(), static_cast<std::size_t>(got));
        for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
            well = tell(number, text.substr(0, end)) || well;
            text.erase(0, end + 1);
        }
    }
    reap();
    inbox_.post_or_lose(state::Event{state::DoctorDone{number, well}});
}

bool DoctorWorker::tell(std::uint64_t number, const std::string& line) {
    auto parsed = parse_doctor_line(line);
    if (!parsed) {
        base::log(base::LogLevel::warning, "doctor", parsed.error().detail);
        return false;
    }
    auto* examined = std::get_if<doctor::Examined>(&*parsed);
    if (examined == nullptr) return true;
    inbox_.post_or_lose(state::Event{state::DoctorTold{number, examined->group, std::move(examined->findings)}});
    return false;
}

}  // namespace kazashi::app
