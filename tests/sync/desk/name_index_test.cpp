#include "sync/desk/name_index.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <random>

#include "tests/catch.h"
#include "tests/fakes/sanitizer.h"

using namespace kazashi;
using desk::NameIndex;
using desk::Query;

namespace {

model::PatientRef patient(std::uint32_t number) {
    model::PatientRef ref;
    for (std::size_t i = 0; i < 4; ++i) ref.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return ref;
}

NameIndex town() {
    NameIndex index;
    index.add(
        {{patient(1), "臼杵 花子", "ウスキ ハナコ", "1941-05-03", "0972631111", "大分県臼杵市大字臼杵７２番地", 2},
         {patient(2), "薄木 太郎", "うすき たろう", "1960-01-31", "09012345678", "大分県臼杵市野津町1", 1}});
    index.add({{patient(3), "花田 ジョージ", "ハナダ ジョージ", "1941-12-24", "0972639999", "大分県臼杵市野津町2", 1},
               {patient(4), "無名", "", "", "", "", 0}});
    index.sort();
    return index;
}

std::vector<std::string> found(const NameIndex& index, const Query& query, std::size_t most = 10) {
    std::vector<std::string> names;
    for (const auto& candidate : index.find(query, most)) names.push_back(candidate.kanji);
    return names;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("name index: a beginning of family or given name finds, in hiragana or katakana, sorted by kana") {
    const auto index = town();
    CHECK(found(index, {"ウスキ", "", "", ""}) == Names{"薄木 太郎", "臼杵 花子"});
    CHECK(found(index, {"うす", "", "", ""}) == Names{"薄木 太郎", "臼杵 花子"});
    CHECK(found(index, {"ハナ", "", "", ""}) == Names{"臼杵 花子", "花田 ジョージ"});
    CHECK(found(index, {"はなこ", "", "", ""}) == Names{"臼杵 花子"});
    CHECK(found(index, {"ナコ", "", "", ""}).empty());  // not from within
    CHECK(found(index, {"ウスキ ハ", "", "", ""}) == Names{"臼杵 花子"});
    CHECK(found(index, {"ウスキハナ", "", "", ""}) == Names{"臼杵 花子"});
    CHECK(found(index, {"ウスキ　はな", "", "", ""}) == Names{"臼杵 花子"});
    CHECK(found(index, {"ウスキ", "", "", ""}, 1) == Names{"薄木 太郎"});
}

TEST_CASE("name index: small kana and long vowels are as they are written") {
    const auto index = town();
    CHECK(found(index, {"じょーじ", "", "", ""}) == Names{"花田 ジョージ"});
    CHECK(found(index, {"ジヨージ", "", "", ""}).empty());
    CHECK(found(index, {"ジョウジ", "", "", ""}).empty());
}

TEST_CASE("name index: birth date from its beginning, telephone from three digits on, address in any part") {
    const auto index = town();
    CHECK(found(index, {"", "1941", "", ""}) == Names{"臼杵 花子", "花田 ジョージ"});
    CHECK(found(index, {"", "194105", "", ""}) == Names{"臼杵 花子"});
    CHECK(found(index, {"", "0503", "", ""}).empty());
    CHECK(found(index, {"", "", "0972-63", ""}) == Names{"臼杵 花子", "花田 ジョージ"});
    CHECK(found(index, {"", "", "5678", ""}) == Names{"薄木 太郎"});
    CHECK(found(index, {"", "", "09", ""}).empty());
    CHECK(found(index, {"", "", "", "野津町"}) == Names{"薄木 太郎", "花田 ジョージ"});
    CHECK(found(index, {"", "", "", "臼杵72"}) == Names{"臼杵 花子"});  // full-width figures are figures
    CHECK(found(index, {"ハナ", "1941", "639", "野津"}) == Names{"花田 ジョージ"});
    CHECK(found(index, {"ウスキ", "1941", "639", ""}).empty());
}

TEST_CASE("name index: who asks for nothing finds nobody, and odd input does no harm") {
    const auto index = town();
    CHECK(found(index, {}).empty());
    CHECK(found(index, {"  ", "", "-", " "}).empty());
    CHECK(found(index, {"\xE3\x82", "", "", ""}).empty());
    CHECK(found(index, {"ウスキ", "", "", ""}, 0).empty());
    CHECK(found(NameIndex{}, {"ウスキ", "", "", ""}).empty());
}

TEST_CASE("name index: towns are what stands before the first figure, most people first") {
    CHECK(town().places(10) == Names{"大分県臼杵市野津町", "大分県臼杵市大字臼杵"});
    CHECK(town().places(1).size() == 1);
}

TEST_CASE("name index: a keystroke among 100,000 people is answered within 20 ms") {
    constexpr std::array families{"ウスキ", "サトウ", "スズキ", "タカハシ", "アベ", "ゴトウ", "コウノ", "ワタナベ"};
    constexpr std::array given{"ハナコ", "タロウ", "ジロウ", "サクラ", "イチロウ", "ミチコ", "ヨシコ", "ケンジ"};
    NameIndex index;
    std::mt19937 random{44};
    for (std::uint32_t page = 0; page < 100; ++page) {
        std::vector<wire::NameEntry> names;
        for (std::uint32_t i = 0; i < 1000; ++i) {
            const auto number = page * 1000 + i;
            const auto kana = std::string{families[random() % families.size()]} + " " + given[random() % given.size()];
            const auto phone = "0972" + std::to_string(100000 + random() % 900000);
            const auto born = std::to_string(1930 + random() % 90) + "-0" + std::to_string(1 + random() % 9) + "-1" +
                              std::to_string(random() % 10);
            names.push_back({patient(number), "臼杵 " + std::to_string(number), kana, born, phone,
                             "大分県臼杵市大字臼杵" + std::to_string(number) + "番地", 2});
        }
        index.add(names);
    }
    index.sort();
    REQUIRE(index.size() == 100'000);
    // The quickest of a few, so that what is measured is this program and not what else the machine is doing.
    const auto time_of = [&](const Query& query) {
        auto quickest = std::chrono::nanoseconds::max();
        for (int i = 0; i < 5; ++i) {
            const auto before = std::chrono::steady_clock::now();
            const auto people = index.find(query, 50);
            quickest = std::min(quickest, std::chrono::nanoseconds{std::chrono::steady_clock::now() - before});
            CHECK(people.size() <= 50);
        }
        return quickest;
    };
    // Nobody fits: all are looked at.
    auto slowest = std::chrono::nanoseconds{0};
    for (const Query& query : {Query{"ウ", "", "", ""}, Query{"ワタナベ ハナ", "", "", ""}, Query{"ヌ", "", "", ""},
                               Query{"", "2031", "", ""}, Query{"", "", "0000000", ""}, Query{"", "", "", "津久見"},
                               Query{"ワ", "1999", "97299", "臼杵99999"}}) {
        slowest = std::max(slowest, time_of(query));
    }
    std::printf("name index: slowest keystroke %.1f ms\n", std::chrono::duration<double, std::milli>{slowest}.count());
#ifndef KAZASHI_ASAN
    CHECK(slowest < std::chrono::milliseconds{20});
#else
    CHECK(slowest < std::chrono::seconds{2});
#endif
}
