#include "tests/sync/wire/seeds.h"

#include <fstream>
#include <iterator>

#include "tests/catch.h"

using namespace kazashi;

TEST_CASE("wire: the fuzz corpus holds every message as it is spelled today") {
    for (const auto& seed : samples::seeds()) {
        const auto path = std::string{KAZASHI_SOURCE} + "/tests/fuzz/corpus/feed_page/" + seed.file;
        std::ifstream in{path, std::ios::binary};
        const std::string held{std::istreambuf_iterator<char>{in}, {}};
        INFO(path << ": tests/fuzz/write_seeds.cpp re-makes it");
        const bool as_today = held == base::as_text(seed.bytes);
        CHECK(as_today);
    }
}
