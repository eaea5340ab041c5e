#include "terminal/app/inspector_client.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "terminal/app/tuning.h"

namespace kazashi::app {

namespace {

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

void InspectorClient::queue(Line line) {
    if (out_.size() >= tuning::inspector_lines_waiting) {
        gone_ = true;
        return;
    }
    out_.push_back(std::move(line));
}

void InspectorClient::write() {
    while (!out_.empty()) {
        const auto& line = *out_.front();
        const auto sent = ::send(fd(), line.data() + written_, line.size() - written_, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            gone_ = gone_ || !would_block();
            return;
        }
        written_ += static_cast<std::size_t>(sent);
        if (written_ < line.size()) return;
        out_.pop_front();
        written_ = 0;
    }
}

void InspectorClient::read() {
    std::array<char, 1024> bytes;
    const auto got = ::recv(fd(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && !would_block())) gone_ = true;
    if (got <= 0) return;
    in_.append(bytes.data(), static_cast<std::size_t>(got));
    if (in_.size() > tuning::inspector_request_bytes) gone_ = true;
}

std::optional<std::string> InspectorClient::take_line() {
    const auto end = in_.find('\n');
    if (end == std::string::npos) return std::nullopt;
    std::string line = in_.substr(0, end);
    in_.erase(0, end + 1);
    return line;
}

}  // namespace kazashi::app
