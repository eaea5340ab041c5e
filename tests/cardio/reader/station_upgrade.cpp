// The real library of PC/SC before a service of another version, as after an upgrade of one of the two.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "cardio/reader/service_look.h"
#include "tests/cardio/reader/ears.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/fakes/sanitizer.h"

using namespace kazashi;
using namespace std::chrono_literals;
using card::ReaderState;
using test::challenge;
using test::image;
using test::Terminal;
using test::VirtualStack;

namespace {

#ifdef KAZASHI_ASAN
constexpr auto recovery = 10s;
#else
constexpr auto recovery = 2s;
#endif

// Answers every client's first question, which version it speaks, as pcscd does when it is not its own: what it speaks
// itself, and SCARD_E_SERVICE_STOPPED (pcsc-lite, winscard_svc.c, CMD_VERSION).
class OtherVersion {
public:
    OtherVersion() : fd_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        ::sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, std::getenv("PCSCLITE_CSOCK_NAME"), sizeof address.sun_path - 1);
        ::unlink(address.sun_path);
        REQUIRE(::bind(fd_, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(fd_, 8) == 0);
        thread_ = std::thread{[this] { serve(); }};
    }
    OtherVersion(const OtherVersion&) = delete;
    OtherVersion& operator=(const OtherVersion&) = delete;
    ~OtherVersion() {
        ::shutdown(fd_, SHUT_RDWR);
        thread_.join();
        ::close(fd_);
    }

private:
    void serve() const {
        for (int client = ::accept(fd_, nullptr, nullptr); client >= 0; client = ::accept(fd_, nullptr, nullptr)) {
            std::array<std::uint32_t, 5> question{};  // size, command, major, minor, code
            const std::array<std::uint32_t, 3> answer{99, 0, 0x8010001E};
            if (::recv(client, question.data(), sizeof question, MSG_WAITALL) == sizeof question)
                ::send(client, answer.data(), sizeof answer, MSG_NOSIGNAL);
            ::close(client);
        }
    }
    const int fd_;
    std::thread thread_;
};

}  // namespace

TEST_CASE("station: a service of another version is off and named so, and taken up when the versions fit again") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("patient-1");
    const auto before = terminal.seen();
    stack.stop_service();
    terminal.gone(before.session);
    terminal.ears.expect_service(ReaderState::Service::off);
    {
        const OtherVersion upgraded;
        CHECK(reader::look_at_service().answer == reader::ServiceAnswer::other_version);
        CHECK(terminal.ears.silent(1500ms));
    }
    stack.start_service();
    terminal.ears.expect_service(ReaderState::Service::ready);
    const auto back = std::chrono::steady_clock::now();
    terminal.check_proofs(terminal.seen(), image(), {challenge(1)});
    CHECK(std::chrono::steady_clock::now() - back < recovery);
}
