#include <fstream>

#include "tests/catch.h"
#include "tests/e2e/story/needles.h"
#include "tests/e2e/story/text_forms.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi::story;
using kazashi::base::as_bytes;

namespace {

Bytes with_noise(ByteView inside) {
    Bytes bytes(1000, 0xA5);
    bytes.insert(bytes.begin() + 501, inside.begin(), inside.end());
    return bytes;
}
Bytes utf8(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

}  // namespace

TEST_CASE("needles: a word is found as UTF-8 and as UTF-16 of either order") {
    const Needles needles{{"臼杵 花子", "アムロジピン"}, {}};
    CHECK(needles.size() == 2);
    CHECK(needles.count_in(with_noise(utf8("臼杵 花子"))) == 1);
    CHECK(needles.count_in(with_noise(*utf16("臼杵 花子", ByteOrder::little))) == 1);
    CHECK(needles.count_in(with_noise(*utf16("アムロジピン", ByteOrder::big))) == 1);
    CHECK(needles.count_in(with_noise(utf8("臼杵 太郎"))) == 0);
}

TEST_CASE("needles: a word is found inside a zstd frame that begins anywhere") {
    const Needles needles{{"ペニシリン系"}, {}};
    const Bytes packed = zstd(utf8(std::string(5000, 'x') + "ペニシリン系" + std::string(300000, 'y')));
    CHECK(needles.count_in(with_noise(packed)) == 1);
    CHECK(needles.count_in(with_noise(zstd(utf8(std::string(5000, 'x'))))) == 0);
}

TEST_CASE("needles: a zstd frame that is cut short is read as far as it goes") {
    std::string long_text = "慢性腎臓病の疑い";
    for (int i = 0; i < 200000; ++i) long_text += std::to_string(i * 7919);
    Bytes packed = zstd(utf8(long_text));
    packed.resize(packed.size() / 2);
    CHECK(Needles{{"慢性腎臓病"}, {}}.count_in(packed) == 1);
}

TEST_CASE("needles: two characters are looked for in UTF-8 only") {
    // Four octets would be found by chance in a few megabytes of sealed bytes.
    const Needles needles{{"臼杵"}, {}};
    CHECK(needles.count_in(with_noise(utf8("臼杵"))) == 1);
    CHECK(needles.count_in(with_noise(*utf16("臼杵", ByteOrder::little))) == 0);
}

TEST_CASE("needles: words that are too short or public are left out") {
    const Needles needles{{"A Rh+", "林", "臼杵たちばな薬局", "たちばな", "高血圧症"}, {"臼杵たちばな薬局"}};
    CHECK(needles.size() == 1);
    CHECK(needles.count_in(utf8("臼杵たちばな薬局 A Rh+ 林")) == 0);
    CHECK(needles.count_in(utf8("高血圧症")) == 1);
}

TEST_CASE("needles: a word at the very end is found") {
    CHECK(Needles{{"高血圧症"}, {}}.count_in(utf8("x高血圧症")) == 1);
}

TEST_CASE("needles: every file below a folder is searched") {
    const kazashi::fakes::TempFolder folder;
    std::filesystem::create_directories(folder.path() / "a/b");
    std::ofstream{folder.path() / "clean"} << "nothing here";
    std::ofstream{folder.path() / "a/b/leak"} << "..高血圧症..";
    const auto finds = search_folder(Needles{{"高血圧症"}, {}}, folder.path());
    REQUIRE(finds);
    REQUIRE(finds->size() == 1);
    CHECK(finds->front().file.filename() == "leak");
    CHECK(finds->front().words == 1);
}

TEST_CASE("needles: a folder that is not there is an error and not a clean result") {
    CHECK_FALSE(search_folder(Needles{{"高血圧症"}, {}}, "no/such/folder"));
}

TEST_CASE("text forms: characters outside the first plane become two units") {
    const auto units = utf16("𠮷", ByteOrder::big);
    REQUIRE(units);
    CHECK(*units == Bytes{0xD8, 0x42, 0xDF, 0xB7});
    CHECK_FALSE(utf16("\xFF\xFE", ByteOrder::big));
    CHECK_FALSE(utf16("\xE8\x87", ByteOrder::big));
}
