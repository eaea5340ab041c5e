#include "cardio/simulator/vpcd_link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <charconv>

#include "cardio/simulator/tuning.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;

// Messages of one byte are orders, all others are APDUs.
constexpr std::uint8_t order_off = 0x00;
constexpr std::uint8_t order_on = 0x01;
constexpr std::uint8_t order_reset = 0x02;
constexpr std::uint8_t order_atr = 0x04;

bool set_option(int fd, int level, int name) {
    const int on = 1;
    return ::setsockopt(fd, level, name, &on, sizeof on) == 0;
}

}  // namespace

std::optional<VpcdAddress> parse_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    VpcdAddress address{std::string{text.substr(0, colon)}, 0};
    const auto port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    ::in_addr parsed{};
    if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
    if (::inet_pton(AF_INET, address.host.c_str(), &parsed) != 1) return std::nullopt;
    return address;
}

base::Result<VpcdLink> VpcdLink::connect(const VpcdAddress& address) {
    FileDescriptor socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!socket) return Error{Fault::io, "socket"};
    ::sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = ::htons(address.port);
    if (::inet_pton(AF_INET, address.host.c_str(), &to.sin_addr) != 1) return Error{Fault::malformed, "address"};
    if (::connect(socket.get(), reinterpret_cast<const ::sockaddr*>(&to), sizeof to) != 0)
        return Error{Fault::reader_off, "nobody listens on the address of the virtual reader"};
    const ::timeval limit{std::chrono::duration_cast<std::chrono::seconds>(tuning::message).count(), 0};
    const bool set = set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY) &&
                     set_option(socket.get(), IPPROTO_TCP, TCP_QUICKACK) &&
                     ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0;
    if (!set) return Error{Fault::io, "socket options"};
    return VpcdLink{std::move(socket)};
}

base::Status VpcdLink::receive(std::uint8_t* to, std::size_t size) {
    while (size > 0) {
        const auto got = ::recv(socket_.get(), to, size, 0);
        if (got <= 0) return Error{Fault::io, "the virtual reader has gone"};
        // Linux forgets this option; without it vpcd waits 40 ms for the acknowledgement of its length bytes.
        set_option(socket_.get(), IPPROTO_TCP, TCP_QUICKACK);
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return base::ok();
}

base::Status VpcdLink::send(base::ByteView payload) {
    base::Bytes message{static_cast<std::uint8_t>(payload.size() >> 8U),
                        static_cast<std::uint8_t>(payload.size() & 0xFFU)};
    base::append(message, payload);
    const auto sent = ::send(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL);
    if (sent != static_cast<::ssize_t>(message.size())) return Error{Fault::io, "the virtual reader has gone"};
    return base::ok();
}

base::Status VpcdLink::answer(base::Bytes octets, std::chrono::microseconds took) {
    if (took.count() == 0) return send(octets);
    late_ = LateAnswer{std::move(octets), std::chrono::steady_clock::now() + took};
    return base::ok();
}

base::Status VpcdLink::deliver() { return send(std::exchange(late_, std::nullopt)->octets); }

base::Status VpcdLink::serve(CardReader& reader) {
    std::array<std::uint8_t, 2> head{};
    KAZASHI_CHECK(receive(head.data(), head.size()));
    base::Bytes message(static_cast<std::size_t>(head[0]) << 8U | head[1]);
    KAZASHI_CHECK(receive(message.data(), message.size()));
    if (message.size() > 1) {
        auto said = reader.transmit(message);
        if (!said) return Error{Fault::card_left, "the card vanished"};
        return answer(std::move(*said), reader.took());
    }
    if (message.empty()) return base::ok();
    switch (message[0]) {
        case order_atr:
            return send(reader.atr());
        case order_off:
        case order_on:
        case order_reset:
            reader.power_off();
            return base::ok();
        default:
            return base::ok();
    }
}

}  // namespace kazashi::simulator
