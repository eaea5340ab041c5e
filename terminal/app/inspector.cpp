#include "terminal/app/inspector.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "terminal/app/frame_line.h"
#include "terminal/app/inspector_client.h"
#include "terminal/app/tuning.h"

namespace kazashi::app {

namespace {

base::Error io_error(const char* what) { return {base::Fault::io, std::string{what} + ": " + std::strerror(errno)}; }

// The socket file is 0600 from the first moment: the umask holds while it is made. Called before other threads run.
base::Result<Descriptor> listen_on(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) return base::Error{base::Fault::limit, "socket path too long"};
    std::memcpy(address.sun_path, path.c_str(), path.native().size() + 1);
    std::error_code ignored;
    if (std::filesystem::is_socket(path, ignored)) std::filesystem::remove(path, ignored);
    Descriptor listening{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!listening) return io_error("socket");
    const mode_t before = ::umask(0177);
    const int bound = ::bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::umask(before);
    if (bound != 0) return io_error("bind");
    if (::listen(listening.get(), static_cast<int>(tuning::inspector_clients)) != 0) return io_error("listen");
    return listening;
}

}  // namespace

struct Inspector::Parts {
    std::filesystem::path path;
    Descriptor listening;
    Descriptor bell;  // an eventfd: there is something to write, or to stop for
    std::mutex mutex;
    std::condition_variable released;
    std::list<InspectorClient> clients;
    Line last;
    std::string hold_wanted;
    bool holding{false};
    bool stopping{false};
    std::thread thread;

    void ring() const {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(bell.get(), &one, sizeof one);
    }
    void send_all(const Line& line) {
        for (auto& client : clients) client.queue(line);
        ring();
    }

    // ---- the inspector's own thread
    std::vector<pollfd> waited_for() {
        std::vector<pollfd> all{{bell.get(), POLLIN, 0}, {listening.get(), POLLIN, 0}};
        for (const auto& client : clients) {
            const int events = POLLIN | (client.has_to_write() ? POLLOUT : 0);
            all.push_back({client.fd(), static_cast<short>(events), 0});
        }
        return all;
    }
    void admit() {
        Descriptor socket{::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
        if (!socket || clients.size() >= tuning::inspector_clients) return;
        clients.emplace_back(std::move(socket));
        if (last) clients.back().queue(last);
    }
    void obey(InspectorClient& client, const std::string& line) {
        const auto request = parse_request(line);
        if (!request) return client.queue(std::make_shared<const std::string>(refusal_line(request.error().detail)));
        if (!request->hold.empty()) hold_wanted = request->hold;
        if (!request->release) return;
        holding = false;
        released.notify_all();
    }
    void serve() {
        for (auto& client : clients) {
            client.read();
            while (auto line = client.take_line()) obey(client, *line);
            client.write();
        }
        clients.remove_if([](const InspectorClient& client) { return client.gone(); });
    }
    void work() {
        std::unique_lock lock{mutex};
        while (!stopping) {
            auto waited = waited_for();
            lock.unlock();
            ::poll(waited.data(), waited.size(), -1);
            std::uint64_t rung = 0;
            [[maybe_unused]] const auto read = ::read(bell.get(), &rung, sizeof rung);
            lock.lock();
            if ((waited[1].revents & POLLIN) != 0) admit();
            serve();
        }
    }
};

base::Result<std::unique_ptr<Inspector>> Inspector::listen(const std::filesystem::path& socket) {
    auto parts = std::make_unique<Parts>();
    KAZASHI_TRY(parts->listening, listen_on(socket));
    parts->path = socket;
    parts->bell = Descriptor{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (!parts->bell) return io_error("eventfd");
    auto& running = *parts;
    parts->thread = std::thread{[&running] { running.work(); }};
    return std::unique_ptr<Inspector>{new Inspector{std::move(parts)}};
}

Inspector::Inspector(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}

Inspector::~Inspector() {
    {
        const std::lock_guard lock{parts_->mutex};
        parts_->stopping = true;
        parts_->ring();
    }
    parts_->thread.join();
    std::error_code ignored;
    std::filesystem::remove(parts_->path, ignored);
}

void Inspector::show(std::string frame) {
    auto line = std::make_shared<const std::string>(std::move(frame));
    const std::lock_guard lock{parts_->mutex};
    parts_->last = line;
    parts_->send_all(line);
}

void Inspector::hold(std::string_view screen) {
    std::unique_lock lock{parts_->mutex};
    if (parts_->hold_wanted != screen) return;
    parts_->hold_wanted.clear();
    parts_->holding = true;
    parts_->send_all(std::make_shared<const std::string>(holding_line(screen)));
    parts_->released.wait_for(lock, tuning::inspector_hold_most, [this] { return !parts_->holding; });
    parts_->holding = false;
}

}  // namespace kazashi::app
