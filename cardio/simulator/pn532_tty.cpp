#include "cardio/simulator/pn532_tty.h"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>

#include <array>
#include <utility>

namespace kazashi::simulator {

using base::Error;
using base::Fault;

base::Result<Pn532Tty> Pn532Tty::open() {
    FileDescriptor master{::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
    std::array<char, 128> name{};
    if (!master || ::grantpt(master.get()) != 0 || ::unlockpt(master.get()) != 0 ||
        ::ptsname_r(master.get(), name.data(), name.size()) != 0)
        return Error{Fault::io, "no terminal line to be had"};
    FileDescriptor other_end{::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC)};
    ::termios settings{};
    if (!other_end || ::tcgetattr(other_end.get(), &settings) != 0) return Error{Fault::io, "the terminal line"};
    ::cfmakeraw(&settings);  // before a program sets it up itself: what it says first must not be echoed
    if (::tcsetattr(other_end.get(), TCSANOW, &settings) != 0) return Error{Fault::io, "the terminal line"};
    return Pn532Tty{std::move(master), std::move(other_end), name.data()};
}

base::Status Pn532Tty::serve(CardReader& reader) {
    std::array<std::uint8_t, 1024> octets{};
    const auto got = ::read(master_.get(), octets.data(), octets.size());
    if (got <= 0) return Error{Fault::io, "the terminal line"};
    const auto said = line_.take(base::ByteView{octets}.first(static_cast<std::size_t>(got)), reader.field());
    KAZASHI_CHECK(write(said.now));
    const auto took = reader.field().take_spent();
    const bool gone = reader.field().vanished();
    if (took.count() == 0 || said.answer.empty()) {
        KAZASHI_CHECK(write(said.answer));
    } else {
        late_ = LateAnswer{said.answer, std::chrono::steady_clock::now() + took};
    }
    // Such a reader goes on without it: the program only finds that nobody answers.
    return gone ? base::Status{Error{Fault::card_left, "the card vanished"}} : base::ok();
}

base::Status Pn532Tty::deliver() { return write(std::exchange(late_, std::nullopt)->octets); }

base::Status Pn532Tty::write(base::ByteView octets) const {
    while (!octets.empty()) {
        const auto sent = ::write(master_.get(), octets.data(), octets.size());
        if (sent <= 0) return Error{Fault::io, "the terminal line"};
        octets = octets.subspan(static_cast<std::size_t>(sent));
    }
    return base::ok();
}

}  // namespace kazashi::simulator
