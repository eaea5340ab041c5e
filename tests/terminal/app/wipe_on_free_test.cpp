#include "terminal/app/wipe_on_free.h"

#include <fcntl.h>
#include <imgui.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "terminal/app/descriptor.h"
#include "tests/catch.h"

namespace {

// A sentence that stands nowhere in this program: its bytes are made at run time.
constexpr std::size_t length = 48;
template <class Bytes>
void write_secret(Bytes& to, std::size_t at = 0) {
    std::uint32_t seed = 20'251;
    for (std::size_t i = 0; i < length; ++i) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        to[at + i] = static_cast<char>('a' + (seed >> 24U) % 26U);
    }
}

// Reads what the kernel shows of our memory: freed blocks may not be read through a pointer. It allocates nothing, or
// it would be given the very block it is looking for.
bool secret_at(std::uintptr_t address) {
    static std::array<char, length> bytes;
    static std::array<char, length> secret;
    write_secret(secret);
    const kazashi::app::Descriptor memory{::open("/proc/self/mem", O_RDONLY | O_CLOEXEC)};
    if (::pread(memory.get(), bytes.data(), length, static_cast<off_t>(address)) != static_cast<ssize_t>(length)) {
        return false;
    }
    // The allocator writes its own links into the head of a freed block; the rest is what counts.
    return std::memcmp(bytes.data() + 16, secret.data() + 16, length - 16) == 0;
}

}  // namespace

TEST_CASE("wipe on free: a freed string leaves nothing behind") {
    std::uintptr_t where = 0;
    {
        std::string name(length, ' ');
        write_secret(name);
        where = reinterpret_cast<std::uintptr_t>(name.data());
        REQUIRE(secret_at(where));
    }
    CHECK_FALSE(secret_at(where));
}

TEST_CASE("wipe on free: the unused end of a vector is wiped too") {
    std::uintptr_t where = 0;
    {
        std::vector<char> record(4 * length);
        write_secret(record, 2 * length);
        where = reinterpret_cast<std::uintptr_t>(record.data()) + 2 * length;
        record.resize(length);
        REQUIRE(secret_at(where));
    }
    CHECK_FALSE(secret_at(where));
}

TEST_CASE("wipe on free: growth leaves no copy at the old place") {
    std::string text(length, ' ');
    write_secret(text);
    const auto where = reinterpret_cast<std::uintptr_t>(text.data());
    text.append(10'000, 'x');
    REQUIRE(reinterpret_cast<std::uintptr_t>(text.data()) != where);
    CHECK_FALSE(secret_at(where));
}

TEST_CASE("wipe on free: aligned memory is wiped") {
    struct alignas(64) Block {
        std::array<char, 2 * length> bytes;
    };
    auto block = std::make_unique<Block>();
    write_secret(block->bytes);
    const auto where = reinterpret_cast<std::uintptr_t>(block.get());
    REQUIRE(where % 64 == 0);
    REQUIRE(secret_at(where));
    block.reset();
    CHECK_FALSE(secret_at(where));
}

TEST_CASE("wipe on free: what the drawing library frees is wiped") {
    kazashi::app::wipe_what_imgui_frees();
    auto* text = static_cast<char*>(ImGui::MemAlloc(length));
    write_secret(text);
    const auto where = reinterpret_cast<std::uintptr_t>(text);
    REQUIRE(secret_at(where));
    ImGui::MemFree(text);
    CHECK_FALSE(secret_at(where));
}

namespace {

// A short string lies in the frame of the function that held it; here deep enough for nobody else to get there.
[[gnu::noinline]] std::uintptr_t leave_on_stack() {
    std::array<char, 64 * 1024> frame;
    write_secret(frame);
    const auto where = reinterpret_cast<std::uintptr_t>(frame.data());
    REQUIRE(secret_at(where));
    return where;
}

}  // namespace

TEST_CASE("scrub stack: what a returned call left behind is gone") {
    const auto where = leave_on_stack();
    REQUIRE(secret_at(where));
    kazashi::app::scrub_stack();
    CHECK_FALSE(secret_at(where));
}
