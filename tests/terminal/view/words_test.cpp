#include "terminal/view/words.h"

#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using test::at;
using test::day;

namespace {

view::Words words(state::Language language = state::Language::japanese) {
    return {test::strings(), language, at(2026, 11, 20, 14, 5), std::chrono::hours{9}};
}

}  // namespace

TEST_CASE("words: birthdays stand in the era of their day") {
    CHECK(words().born(day("1942-03-02")) == "昭和17年(1942年)3月2日");
    CHECK(words().born(day("1926-12-24")) == "大正15年(1926年)12月24日");
    CHECK(words().born(day("1926-12-25")) == "昭和元年(1926年)12月25日");
    CHECK(words().born(day("1989-01-07")) == "昭和64年(1989年)1月7日");
    CHECK(words().born(day("1989-01-08")) == "平成元年(1989年)1月8日");
    CHECK(words().born(day("2019-04-30")) == "平成31年(2019年)4月30日");
    CHECK(words().born(day("2019-05-01")) == "令和元年(2019年)5月1日");
    CHECK(words().born(day("1912-07-29")) == "明治45年(1912年)7月29日");
    CHECK(words(state::Language::english).born(day("1942-03-02")) == "2 Mar 1942 (Showa 17)");
}

TEST_CASE("words: a birthday may lack its day, its month or everything") {
    CHECK(words().born(day("1942-03")) == "昭和17年(1942年)3月");
    CHECK(words().born(day("1942")) == "昭和17年(1942年)");
    CHECK(words().born(day("")).empty());
    CHECK(words().age(day("")).empty());
}

TEST_CASE("words: age turns on the birthday, in local time") {
    CHECK(words().age(day("1942-11-20")) == "84歳");
    CHECK(words().age(day("1942-11-21")) == "83歳");
    CHECK(words().age(day("2026-11-20")) == "0歳");
    CHECK(words().age(day("1942-03")) == "約84歳");
    const view::Words just_after_midnight{test::strings(), state::Language::japanese, at(2026, 11, 21, 0, 1),
                                          std::chrono::hours{9}};
    CHECK(just_after_midnight.age(day("1942-11-21")) == "84歳");
}

TEST_CASE("words: a date is as exact as the record") {
    CHECK(words().date(day("2026-03-02")) == "2026年3月2日");
    CHECK(words().date(day("2026-03")) == "2026年3月");
    CHECK(words().date(day("2026")) == "2026");
    CHECK(words().date({"昨年の夏ごろ", std::nullopt}) == "昨年の夏ごろ");
    CHECK(words(state::Language::english).date(day("2026-03-02")) == "2 Mar 2026");
}

TEST_CASE("words: a window that ends at midnight names its last day") {
    CHECK(words().last_day(at(2027, 1, 20, 0, 0)) == "2027年1月19日");
}

TEST_CASE("words: a moment of today is a time, another one has its day") {
    CHECK(words().moment(at(2026, 11, 20, 9, 5)) == "9:05");
    CHECK(words().moment(at(2026, 11, 19, 23, 59)) == "11月19日 23:59");
}

TEST_CASE("words: old is more than 90 days") {
    CHECK(!words().old(at(2026, 8, 22, 0, 0)));
    CHECK(words().old(at(2026, 8, 21, 23, 59)));
    CHECK(words().old(day("2026-08-21")));
    CHECK(!words().old(day("")));
}

TEST_CASE("words: a key from elsewhere that has no sentence gets the general one") {
    CHECK(words().say_known("problem.too_large", "problem.general") == words().say("problem.too_large"));
    CHECK(words().say_known("problem.never_heard_of", "problem.general") == words().say("problem.general"));
}

TEST_CASE("words: a sentence whose place has no value is shown as it stands") {
    CHECK(words().say("bar.pending", {{"nothing", "3"}}) == "未送信 {count}");
    CHECK(words().say("no.such.key") == "no.such.key");
}
