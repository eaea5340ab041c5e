#include "terminal/app/pin_input.h"

#include <unistd.h>

#include <array>
#include <string>

#include "terminal/app/descriptor.h"
#include "tests/catch.h"

using namespace kazashi;

namespace {

// Standard input as a pipe that holds `text` and then ends.
app::Descriptor input_of(const std::string& text) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const app::Descriptor writing{ends[1]};
    REQUIRE(::write(writing.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    return app::Descriptor{ends[0]};
}

}  // namespace

TEST_CASE("pin input: one line is one PIN and the next line stays") {
    const auto input = input_of("1234\n87654321\r\n0000");
    for (const std::string pin : {"1234", "87654321", "0000"}) {
        const auto read = app::read_pin(input.get());
        REQUIRE(read);
        CHECK(base::as_text(read->view()) == pin);
    }
    const auto over = app::read_pin(input.get());
    REQUIRE_FALSE(over);
    CHECK(over.fault() == base::Fault::io);
}

TEST_CASE("pin input: what is no PIN is refused") {
    for (const auto& line : {std::string{"123"}, std::string{"123456789"}, std::string{"12a4"}, std::string{""},
                             std::string{"１２３４"}, std::string(200, '1')}) {
        const auto input = input_of(line + "\n4321\n");
        const auto read = app::read_pin(input.get());
        REQUIRE_FALSE(read);
        CHECK(read.fault() == base::Fault::malformed);
        const auto next = app::read_pin(input.get());
        REQUIRE(next);
        CHECK(base::as_text(next->view()) == "4321");
    }
}
