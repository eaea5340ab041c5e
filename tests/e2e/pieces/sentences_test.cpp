#include "tests/e2e/story/sentences.h"

#include "tests/catch.h"

using namespace kazashi::story;

TEST_CASE("sentences: a filled placeholder must stand in the text, an open one may be anything") {
    const std::string sentence = "{facility}が、{sections}の記録を見ました";
    const auto parts = parts_of(sentence, {{"facility", "たちばな薬局"}});
    CHECK(parts == std::vector<std::string>{"たちばな薬局が、", "の記録を見ました"});
    CHECK(holds_in_order("たちばな薬局が、お薬の記録を見ました", parts));
    CHECK_FALSE(holds_in_order("港町病院が、お薬の記録を見ました", parts));
}

TEST_CASE("sentences: a placeholder that is not there finds nothing") {
    CHECK(parts_of("だれもいません", {{"facility", "たちばな薬局"}}).empty());
    CHECK(parts_of("", {{"facility", "たちばな薬局"}}).empty());
}

TEST_CASE("sentences: a reading becomes the keys of the kana pad") {
    const auto keys = kana_keys("ウスキ");
    REQUIRE(keys.size() == 3);
    CHECK(keys[0].row == "あ");
    CHECK(keys[0].kana == "う");
    CHECK(keys[1].row == "さ");
    CHECK(keys[1].kana == "す");
    CHECK(keys[2].row == "か");
    CHECK(keys[2].kana == "き");
    CHECK(kana_keys("ウスキ　").empty());  // no such key
    CHECK(kana_keys("").empty());
}
