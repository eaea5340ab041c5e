#include "terminal/app/pin_input.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "terminal/app/tuning.h"

namespace kazashi::app {

namespace {

class EchoOff {
public:
    explicit EchoOff(int fd) : fd_{fd}, changed_{::isatty(fd) == 1 && ::tcgetattr(fd, &before_) == 0} {
        if (!changed_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(fd_, TCSAFLUSH, &silent);
    }
    ~EchoOff() {
        if (changed_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;

private:
    int fd_;
    termios before_{};
    bool changed_;
};

// True when a byte was read; false at the end of the input.
bool read_byte(int fd, std::uint8_t* to) {
    for (;;) {
        const auto got = ::read(fd, to, 1);
        if (got == 1) return true;
        if (got == 0 || errno != EINTR) return false;
    }
}

}  // namespace

base::Result<base::SecretBytes> read_pin(int fd) {
    const EchoOff silent{fd};
    base::SecretBytes line{tuning::pin_line_bytes};
    std::size_t length = 0;
    bool too_long = false;
    for (;;) {
        std::uint8_t byte = 0;
        if (!read_byte(fd, &byte)) {
            if (length == 0) return base::Error{base::Fault::io, "no line with a PIN on standard input"};
            break;
        }
        if (byte == '\n') break;
        if (byte == '\r') continue;
        too_long = length == line.size();
        if (!too_long) line.data()[length++] = byte;
    }
    line.shrink(length);
    const auto digits = line.view();
    const bool all_digits = std::all_of(digits.begin(), digits.end(), [](auto c) { return c >= '0' && c <= '9'; });
    if (too_long || length < tuning::pin_least || length > tuning::pin_most || !all_digits) {
        return base::Error{base::Fault::malformed, "a PIN has 4 to 8 digits"};
    }
    return line;
}

}  // namespace kazashi::app
