#include "tests/e2e/story/line_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

using base::Error;
using base::Fault;
using SystemClock = std::chrono::steady_clock;

Result<LineSocket> LineSocket::connect(const std::filesystem::path& path, milliseconds patience) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) return Error{Fault::limit, "socket path too long"};
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    const auto until = SystemClock::now() + patience;
    while (true) {
        LineSocket socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        if (::connect(socket.fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
        if (SystemClock::now() >= until) return Error{Fault::offline, "nobody listens at " + path.filename().string()};
        std::this_thread::sleep_for(tuning::poll);
    }
}

LineSocket::~LineSocket() {
    if (fd_ >= 0) ::close(fd_);
}
LineSocket::LineSocket(LineSocket&& other) noexcept
    : fd_{std::exchange(other.fd_, -1)}, buffer_{std::move(other.buffer_)} {}
LineSocket& LineSocket::operator=(LineSocket&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(buffer_, other.buffer_);
    return *this;
}

Status LineSocket::send(const nlohmann::json& object) {
    const std::string line = object.dump() + "\n";
    for (std::size_t sent = 0; sent < line.size();) {
        const auto n = ::send(fd_, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) return Error{Fault::offline, "the other side is gone"};
        sent += static_cast<std::size_t>(n);
    }
    return base::ok();
}

Result<nlohmann::json> LineSocket::receive(milliseconds patience) {
    const auto until = SystemClock::now() + patience;
    std::size_t searched = 0;
    while (true) {
        if (const auto end = buffer_.find('\n', searched); end != std::string::npos) {
            auto object = nlohmann::json::parse(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(end),
                                                nullptr, /*allow_exceptions=*/false);
            buffer_.erase(0, end + 1);
            if (object.is_discarded()) return Error{Fault::malformed, "a line that is not JSON"};
            return object;
        }
        searched = buffer_.size();
        if (searched > tuning::line_bytes) return Error{Fault::limit, "a line without an end"};
        const auto left = std::chrono::duration_cast<milliseconds>(until - SystemClock::now()).count();
        pollfd wait{fd_, POLLIN, 0};
        if (::poll(&wait, 1, static_cast<int>(std::max<std::int64_t>(left, 0))) <= 0) {
            return Error{Fault::timeout, "no line in time"};
        }
        std::array<char, 65536> chunk;
        const auto n = ::recv(fd_, chunk.data(), chunk.size(), 0);
        if (n <= 0) return Error{Fault::offline, "the other side is gone"};
        buffer_.append(chunk.data(), static_cast<std::size_t>(n));
    }
}

}  // namespace kazashi::story
