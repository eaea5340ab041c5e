#include "cardio/simulator/control.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <list>

#include "cardio/simulator/file_descriptor.h"
#include "cardio/simulator/tuning.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;
using namespace std::chrono_literals;

struct Client {
    FileDescriptor socket;
    std::string unread;
};

FileDescriptor end_signals() {
    ::sigset_t set{};
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGINT);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    return FileDescriptor{::signalfd(-1, &set, SFD_CLOEXEC)};
}

base::Result<FileDescriptor> listen_on(const std::filesystem::path& path) {
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) return Error{Fault::limit, "path of the control socket"};
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    FileDescriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!socket) return Error{Fault::io, "control socket"};
    ::unlink(path.c_str());
    const ::mode_t before = ::umask(0177);  // so that it never exists with wider rights
    const bool bound = ::bind(socket.get(), reinterpret_cast<const ::sockaddr*>(&address), sizeof address) == 0;
    ::umask(before);
    if (!bound || ::listen(socket.get(), static_cast<int>(tuning::control_clients)) != 0)
        return Error{Fault::io, "control socket"};
    return socket;
}

// False when the client has gone or sends a line that is too long.
bool serve_client(Client& client, Bench& bench) {
    std::array<char, 4096> chunk{};
    const auto got = ::recv(client.socket.get(), chunk.data(), chunk.size(), 0);
    if (got <= 0) return false;
    client.unread.append(chunk.data(), static_cast<std::size_t>(got));
    for (auto end = client.unread.find('\n'); end != std::string::npos; end = client.unread.find('\n')) {
        const std::string answer = bench.obey(std::string_view{client.unread}.substr(0, end)) + '\n';
        client.unread.erase(0, end + 1);
        if (::send(client.socket.get(), answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return false;
    }
    return client.unread.size() <= tuning::control_line;
}

class Loop {
public:
    Loop(Bench& bench, FileDescriptor signals, FileDescriptor listener)
        : bench_{bench}, signals_{std::move(signals)}, listener_{std::move(listener)} {}

    base::Status run() {
        while (true) {
            auto waits = gather();
            const auto limit = wait_at_most();
            if (::ppoll(waits.data(), waits.size(), limit ? &*limit : nullptr, nullptr) < 0) {
                if (errno == EINTR) continue;  // we were stopped and go on
                return Error{Fault::io, "poll"};
            }
            if (waits[0].revents != 0) return base::ok();
            // The card first: an order may replace the link.
            if (waits[2].fd >= 0 && waits[2].revents != 0) bench_.serve();
            if (bench_.due() && *bench_.due() <= std::chrono::steady_clock::now()) bench_.deliver();
            serve_clients(waits);
            if (waits[1].revents != 0) accept();
            bench_.keep_linked();
        }
    }

private:
    std::optional<::timespec> wait_at_most() const {
        using std::chrono::nanoseconds;
        std::optional<nanoseconds> wait;
        if (bench_.waits_for_reader()) wait = tuning::reconnect;
        if (const auto due = bench_.due()) wait = std::max<nanoseconds>(*due - std::chrono::steady_clock::now(), 0ns);
        if (!wait) return std::nullopt;
        constexpr auto second = nanoseconds{std::chrono::seconds{1}}.count();
        return ::timespec{wait->count() / second, wait->count() % second};
    }
    std::vector<::pollfd> gather() const {
        std::vector<::pollfd> waits{
            {signals_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}, {bench_.fd(), POLLIN, 0}};
        for (const auto& client : clients_) waits.push_back({client.socket.get(), POLLIN, 0});
        return waits;
    }
    void serve_clients(const std::vector<::pollfd>& waits) {
        auto wait = waits.begin() + 3;
        for (auto client = clients_.begin(); client != clients_.end(); ++wait) {
            const bool stays = wait->revents == 0 || serve_client(*client, bench_);
            client = stays ? std::next(client) : clients_.erase(client);
        }
    }
    void accept() {
        FileDescriptor socket{::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (socket && clients_.size() < tuning::control_clients) clients_.push_back({std::move(socket), {}});
    }

    Bench& bench_;
    FileDescriptor signals_;
    FileDescriptor listener_;
    std::list<Client> clients_;
};

}  // namespace

base::Status run_bench(Bench& bench, const std::filesystem::path& control) {
    auto signals = end_signals();
    if (!signals) return Error{Fault::io, "signals"};
    KAZASHI_TRY(auto listener, listen_on(control));
    const auto ended = Loop{bench, std::move(signals), std::move(listener)}.run();
    ::unlink(control.c_str());
    return ended;
}

}  // namespace kazashi::simulator
