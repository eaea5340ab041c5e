#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cardio/base/bytes.h"
#include "cardio/base/demo_clock.h"
#include "cardio/base/log.h"
#include "cardio/base/mailbox.h"
#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "cardio/base/strong_id.h"
#include "tests/catch.h"

using namespace kazashi::base;
using namespace std::chrono_literals;

TEST_CASE("bytes: hexadecimal goes out in upper case and comes in in either") {
    CHECK(to_hex(Bytes{0x00, 0xAB, 0x1F}) == "00AB1F");
    CHECK(from_hex("00 ab\n1F") == std::optional<Bytes>{Bytes{0x00, 0xAB, 0x1F}});
    CHECK(from_hex("") == std::optional<Bytes>{Bytes{}});
    CHECK(!from_hex("0"));
    CHECK(!from_hex("0G"));
}

TEST_CASE("bytes: equal compares lengths too") {
    CHECK(equal(Bytes{1, 2}, Bytes{1, 2}));
    CHECK(!equal(Bytes{1, 2}, Bytes{1, 2, 3}));
    CHECK(!equal(Bytes{1, 2}, Bytes{1, 3}));
}

TEST_CASE("result: holds a value or the reason there is none") {
    const Result<int> good{3};
    const Result<int> bad{Error{Fault::timeout, "late"}};
    CHECK(bool{good});
    CHECK(*good == 3);
    CHECK(!bad);
    CHECK(bad.fault() == Fault::timeout);
    CHECK(bad.error().detail == "late");
}

TEST_CASE("result: an error is handed up unchanged") {
    const auto inner = [](bool fail) -> Result<int> {
        if (fail) return Error{Fault::limit, "too many"};
        return 1;
    };
    const auto outer = [&](bool fail) -> Result<int> {
        KAZASHI_TRY(const int value, inner(fail));
        return value + 1;
    };
    CHECK(*outer(false) == 2);
    CHECK(outer(true).fault() == Fault::limit);
}

TEST_CASE("result: every fault has a name of its own") {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Fault::corrupt); ++i) names.push_back(name(static_cast<Fault>(i)));
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    CHECK(std::find(names.begin(), names.end(), "unknown") == names.end());
}

TEST_CASE("secret: what was moved from is wiped") {
    const Bytes key(16, 0x5A);
    Secret<16> from{std::span<const std::uint8_t, 16>{key}};
    const Secret<16> to{std::move(from)};
    CHECK(equal(to.view(), key));
    CHECK(equal(from.view(), Bytes(16, 0)));  // NOLINT(bugprone-use-after-move)
    CHECK(equal(to.clone().view(), key));
}

TEST_CASE("secret: bytes that are cut off or cleared are gone") {
    SecretBytes bytes{Bytes{1, 2, 3, 4}};
    const std::uint8_t* const tail = bytes.data() + 2;
    bytes.shrink(2);
    CHECK(bytes.size() == 2);
    CHECK(tail[0] == 0);
    bytes.clear();
    CHECK(bytes.empty());
}

TEST_CASE("mailbox: refuses what does not fit and what comes after the end") {
    Mailbox<int> box{2};
    CHECK(box.post(1));
    CHECK(box.post(2));
    CHECK(!box.post(3));
    CHECK(box.take() == std::optional{1});
    CHECK(box.post(3));
    box.close();
    CHECK(!box.post(4));
    CHECK(box.take() == std::optional{2});
    CHECK(box.take() == std::optional{3});
    CHECK(!box.take());
    CHECK(!box.try_take());
}

TEST_CASE("mailbox: a wait ends with an item or the time or the end") {
    Mailbox<int> box{1};
    CHECK(!box.take(1ms));
    std::thread sender{[&] {
        CHECK(box.post(7));
        box.close();
    }};
    CHECK(box.take(10s) == std::optional{7});
    CHECK(!box.take(10s));
    sender.join();
}

TEST_CASE("clock: the boot clock does not go back") {
    const SystemClock clock;
    const auto first = clock.boot();
    CHECK(clock.boot() >= first);
    CHECK(clock.wall().time_since_epoch() > std::chrono::years{50});
}

TEST_CASE("clock: the demo clock follows its file and a missing file moves nothing") {
    const auto file = std::filesystem::temp_directory_path() / ("kazashi-clock-" + std::to_string(::getpid()));
    const SystemClock system;
    const DemoClock demo{file};
    CHECK(demo.wall() - system.wall() < 5s);
    std::ofstream{file} << "-3600 7200\n";
    CHECK(system.wall() - demo.wall() > 3590s);
    CHECK(demo.boot() - system.boot() > 7190s);
    std::filesystem::remove(file);
}

TEST_CASE("log: a masked id is stable within a run and is not the id") {
    const Bytes id{0x01, 0x2E, 0x01, 0x02};
    CHECK(masked(id) == masked(id));
    CHECK(masked(id) != masked(Bytes{0x01, 0x2E, 0x01, 0x03}));
    CHECK(masked(id).size() == 8);
    CHECK(masked(id) != "012E0102");
}

TEST_CASE("strong id: ids of the same bytes are equal and ordered") {
    using Word = StrongId<struct WordTag>;
    CHECK(Word{"a"} == Word{"a"});
    CHECK(Word{"a"} < Word{"b"});
    CHECK(std::hash<Word>{}(Word{"a"}) == std::hash<Word>{}(Word{"a"}));
}
