#include "cardio/base/locked_memory.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <new>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "cardio/base/log.h"
#include "cardio/base/secret.h"
#include "tests/catch.h"
#include "tests/fakes/sanitizer.h"

using namespace kazashi::base;

namespace {

// What the kernel says of the pages an address lies in: "rd wr … lo … dd" (proc(5), VmFlags).
std::set<std::string> page_flags(const void* address) {
    std::ifstream maps{"/proc/self/smaps"};
    const auto wanted = reinterpret_cast<std::uintptr_t>(address);
    bool here = false;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream in{line};
        std::uintptr_t from = 0;
        std::uintptr_t to = 0;
        char dash = 0;
        if (in >> std::hex >> from >> dash >> to && dash == '-') {
            here = from <= wanted && wanted < to;
        } else if (here && line.starts_with("VmFlags:")) {
            std::istringstream flags{line.substr(8)};
            return {std::istream_iterator<std::string>{flags}, {}};
        }
    }
    return {};
}

// A slot that was given back is still mapped, but no longer ours to read through a pointer.
Bytes bytes_at(const std::uint8_t* address, std::size_t size) {
    Bytes bytes(size, 0xEE);
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    const auto read =
        ::pread(memory, bytes.data(), size, static_cast<off_t>(reinterpret_cast<std::uintptr_t>(address)));
    ::close(memory);
    REQUIRE(read == static_cast<ssize_t>(size));
    return bytes;
}

bool refuse(void*, std::size_t) { return false; }
bool accept(void*, std::size_t) { return true; }

}  // namespace

#ifndef KAZASHI_ASAN  // it makes mlock() do nothing
TEST_CASE("locked memory: a secret's pages are locked and in no core dump, an ordinary object's are not") {
    Secret<32> small;
    small.data()[0] = 1;
    SecretBytes large{std::size_t{100'000}};
    large.data()[99'999] = 1;
    for (const auto* address : {small.view().data(), large.view().data(), large.view().data() + 99'999}) {
        const auto flags = page_flags(address);
        CHECK(flags.contains("lo"));
        CHECK(flags.contains("dd"));
    }
    const auto ordinary = std::make_unique<std::array<std::uint8_t, 32>>();
    CHECK(page_flags(ordinary.get()).contains("rd"));
    CHECK_FALSE(page_flags(ordinary.get()).contains("lo"));
    CHECK_FALSE(page_flags(ordinary.get()).contains("dd"));
    CHECK(locked_memory().locked());
}
#endif

TEST_CASE("locked memory: what is given back is wiped, and what is taken is all zero") {
    const std::uint8_t* where = nullptr;
    {
        Secret<64> key;
        for (std::size_t i = 0; i < 64; ++i) key.data()[i] = 0x5A;
        where = key.view().data();
        CHECK(bytes_at(where, 64) == Bytes(64, 0x5A));
    }
    // The head of a free slot links to the next one.
    CHECK(bytes_at(where + sizeof(void*), 64 - sizeof(void*)) == Bytes(64 - sizeof(void*), 0));
    std::vector<Secret<64>> many(3000);
    for (auto& one : many) REQUIRE(equal(Bytes(64, 0), {one.data(), 64}));
}

TEST_CASE("locked memory: secrets do not overlap, also from several threads") {
    const auto fill = [](std::uint8_t with, bool& intact) {
        intact = true;
        for (int round = 0; round < 50; ++round) {
            std::vector<SecretBytes> held;
            for (std::size_t n = 0; n < 200; ++n) {
                held.emplace_back(n % 70 + 1);
                std::memset(held.back().data(), with, held.back().size());
            }
            for (const auto& one : held) intact = intact && equal(one.view(), Bytes(one.size(), with));
        }
    };
    bool first = false;
    bool second = false;
    std::thread other{[&] { fill(2, second); }};
    fill(1, first);
    other.join();
    CHECK(first);
    CHECK(second);
}

TEST_CASE("locked memory: where locking is refused it works all the same and says so") {
    LockedMemory memory{refuse};
    CHECK(memory.locked());  // nothing is in use
    auto* const small = memory.take(32);
    auto* const large = memory.take(5000);
    small[31] = large[4999] = 7;
    CHECK_FALSE(memory.locked());
    memory.give_back(large, 5000);
    memory.give_back(small, 32);
    CHECK_FALSE(memory.locked());  // the shared pages stay in use

    LockedMemory willing{accept};
    willing.give_back(willing.take(5000), 5000);
    CHECK(willing.locked());
    LockedMemory large_only{refuse};
    large_only.give_back(large_only.take(5000), 5000);
    CHECK(large_only.locked());
}

#ifndef KAZASHI_ASAN
// RLIMIT_MEMLOCK does not bind whoever may lock anything, so the child gives that up first.
TEST_CASE("locked memory: under RLIMIT_MEMLOCK of one page it says so once and goes on") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        __user_cap_header_struct who{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct nothing[2]{};
        ::syscall(SYS_capset, &who, nothing);
        const rlimit page{4096, 4096};
        ::setrlimit(RLIMIT_MEMLOCK, &page);
        SecretBytes first{std::size_t{100'000}};
        SecretBytes second{std::size_t{100'000}};
        first.data()[99'999] = second.data()[99'999] = 1;
        ::_exit(locked_memory().locked() ? 1 : 0);
    }
    ::close(ends[1]);
    std::string said;
    for (char c = 0; ::read(ends[0], &c, 1) == 1;) said.push_back(c);
    ::close(ends[0]);
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    CHECK(said.find("RLIMIT_MEMLOCK") != std::string::npos);
    CHECK(said.find("RLIMIT_MEMLOCK") == said.rfind("RLIMIT_MEMLOCK"));
}

#endif

TEST_CASE("locked memory: more than there is ends like any other allocation") {
    bool ended = false;
    try {
        const SecretBytes all{std::size_t{1} << 62};
    } catch (const std::bad_alloc&) {
        ended = true;
    }
    CHECK(ended);
}

TEST_CASE("secret: moving leaves the bytes in place and the source empty") {
    SecretBytes from{Bytes(200, 9)};
    const auto* const where = from.view().data();
    SecretBytes to{std::move(from)};
    CHECK(to.view().data() == where);
    CHECK(from.empty());  // NOLINT(bugprone-use-after-move)
    SecretBytes third{Bytes(10, 1)};
    third = std::move(to);
    CHECK(third.view().data() == where);
    Secret<8> key;
    key.data()[0] = 3;
    Secret<8> other;
    other.data()[0] = 4;
    other = std::move(key);
    CHECK(other.view()[0] == 3);
    other.clear();
    CHECK(equal(other.view(), Bytes(8, 0)));
}

TEST_CASE("secret: a comparison of secrets sees every byte and the length") {
    Bytes one(16, 3);
    for (auto& byte : one) {
        byte ^= 0x80U;
        CHECK_FALSE(equal_secret(one, Bytes(16, 3)));
        byte ^= 0x80U;
    }
    CHECK(equal_secret(one, Bytes(16, 3)));
    CHECK_FALSE(equal_secret(one, Bytes(15, 3)));
    CHECK(equal_secret({}, {}));
}
