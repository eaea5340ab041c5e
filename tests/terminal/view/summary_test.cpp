#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using test::Glass;
using test::scene;

TEST_CASE("summary: who it is, in both calendars") {
    Glass glass;
    glass.draw(scene("summary"));
    for (const char* text : {"臼杵 花子", "ウスキ ハナコ", "84歳・女性", "昭和17年(1942年)3月2日",
                             "血液型 A Rh+（表示のみ）", "あと60日", "2027年1月19日まで"}) {
        INFO(text);
        CHECK(glass.reads(text));
    }
}

TEST_CASE("summary: allergies have three faces") {
    Glass glass;
    auto state = scene("summary");
    glass.draw(state);
    CHECK(glass.reads("ペニシリン系抗菌薬"));
    CHECK(glass.reads("重い"));
    state.summary->allergies.clear();
    state.summary->allergy_knowledge = model::AllergyKnowledge::none_confirmed;
    state.summary->allergies_checked = test::day("2026-03-02");
    glass.draw(state);
    CHECK(glass.reads("なし（確認 2026年3月2日）"));
    state.summary->allergy_knowledge = model::AllergyKnowledge::unknown;
    glass.draw(state);
    CHECK(glass.reads("不明"));
    CHECK(!glass.reads("なし（"));
}

TEST_CASE("summary: severe allergies stand first") {
    Glass glass;
    auto state = scene("summary");
    std::swap(state.summary->allergies[0], state.summary->allergies[1]);
    glass.draw(state);
    const auto& texts = glass.drawn().texts;
    CHECK(std::ranges::find(texts, "ペニシリン系抗菌薬") < std::ranges::find(texts, "そば"));
}

TEST_CASE("summary: medicines with usage, days, since when and from where") {
    Glass glass;
    glass.draw(scene("summary"));
    for (const char* text :
         {"いまのお薬 3件", "ワルファリンK錠1mg", "1日1回 夕食後 1回2.5錠", "28日分", "2026年10月30日から",
          "調剤 臼杵たちばな薬局", "臼杵市医師会立コスモス病院 の処方", "必要なとき"}) {
        INFO(text);
        CHECK(glass.reads(text));
    }
}

TEST_CASE("summary: stopped medicines are folded until somebody asks") {
    Glass glass;
    glass.draw(scene("summary"));
    CHECK(!glass.reads("レボフロキサシン"));
    CHECK(glass.reads("終わったお薬 1件を見る"));
    glass.draw(scene("summary-stopped"));
    CHECK(glass.reads("レボフロキサシン"));
    CHECK(glass.reads("2026年9月5日まで"));
}

TEST_CASE("summary: a suspicion is marked as one") {
    Glass glass;
    glass.draw(scene("summary"));
    CHECK(glass.reads("疑い"));
}

TEST_CASE("summary: laboratory values say high and low in words and stay as they were written") {
    Glass glass;
    auto state = scene("summary");
    state.summary->labs[1].value = "1.50";
    glass.draw(state);
    for (const char* text : {"H 高い", "L 低い", "1.50", "mg/dL", "基準 0.46–0.79"}) {
        INFO(text);
        CHECK(glass.reads(text));
    }
}

TEST_CASE("summary: what is older than 90 days says so in words") {
    Glass glass;
    auto state = scene("summary");
    state.summary->labs.pop_back();
    glass.draw(state);
    CHECK(!glass.reads("3か月以上前"));
    state.summary->as_of = state.now - std::chrono::days{91};
    glass.draw(state);
    CHECK(glass.reads("3か月以上前"));
}

TEST_CASE("summary: a section the facility may not see is not on the screen") {
    Glass glass;
    auto state = scene("summary");
    state.summary->sections = model::SectionSet{}.with(model::Section::emergency).with(model::Section::medication);
    glass.draw(state);
    CHECK(glass.reads("いまのお薬"));
    CHECK(!glass.reads("検査"));
    CHECK(!glass.reads("病名"));
}

TEST_CASE("summary: nothing known is said in words, not left blank") {
    Glass glass;
    glass.draw(scene("summary-empty"));
    for (const char* text :
         {"いま使っているお薬の記録はありません", "病名の記録はありません", "検査の記録はありません"})
        CHECK(glass.reads(text));
}

TEST_CASE("summary: what this screen cannot show is counted") {
    Glass glass;
    glass.draw(scene("summary"));
    CHECK(glass.reads("表示できない記録が2件"));
}

TEST_CASE("bar: green stands for receipts only") {
    Glass glass;
    auto state = scene("home");
    glass.draw(state);
    CHECK(glass.reads("送信済み"));
    state.sync.ledger.pending = 3;
    glass.draw(state);
    CHECK(glass.reads("未送信 3"));
    CHECK(!glass.reads("送信済み"));
    state.sync.ledger = {};
    glass.draw(state);
    CHECK(!glass.reads("送信済み"));
}

TEST_CASE("bar: somebody whose name has not arrived is there by number") {
    Glass glass;
    glass.draw(scene("home-reader-off"));
    CHECK(glass.reads("職員 0000000101"));
    CHECK(glass.reads("止まっています"));
    CHECK(!glass.reads("患者さんのカードを"));
}

TEST_CASE("bar: offline says since when") {
    Glass glass;
    auto state = scene("home-offline");
    glass.draw(state);
    CHECK(glass.reads("オフライン 14:02から"));
    CHECK(glass.reads("つながりしだい送信します"));
    state.sync.since = test::at(2026, 11, 18, 9, 5);
    glass.draw(state);
    CHECK(glass.reads("オフライン 11月18日 9:05から"));
}

TEST_CASE("home: the first sync shows how much is here") {
    Glass glass;
    glass.draw(scene("home-syncing"));
    CHECK(glass.reads("320 / 500 通"));
}

TEST_CASE("home: a refused window says why") {
    Glass glass;
    glass.draw(scene("home-offline"));
    CHECK(glass.reads("カードの証明が正しくありませんでした"));
}

TEST_CASE("idle: nobody's name is on the screen, and the reader's trouble is") {
    Glass glass;
    auto state = scene("idle");
    state.windows = scene("home").windows;
    glass.draw(state);
    CHECK(glass.reads("カードをかざしてください"));
    CHECK(glass.reads("Hold your card here"));
    for (const auto& window : state.windows) CHECK(!glass.reads(window.kanji));
    state.reader.service = card::ReaderState::Service::off;
    glass.draw(state);
    CHECK(glass.reads("止まっています"));
}

TEST_CASE("consent: who, until when and what, in both languages") {
    Glass glass;
    glass.draw(scene("consent"));
    for (const char* text :
         {"臼杵たちばな薬局は、2027年1月19日まで、", "until 19 Jan 2027", "お薬", "Medicines", "病名と検査結果"}) {
        INFO(text);
        CHECK(glass.reads(text));
    }
    CHECK(!glass.reads("介護の記録"));
}

TEST_CASE("sign-in: the PIN itself is never drawn") {
    Glass glass;
    auto state = scene("sign-in");
    const std::string pin = "8315";
    state.sign_in->pin = base::SecretBytes{base::as_bytes(pin)};
    glass.draw(state);
    CHECK(!glass.reads(pin));
    glass.draw(scene("sign-in-wrong"));
    CHECK(glass.reads("あと3回"));
    glass.draw(scene("sign-in-locked"));
    CHECK(glass.reads("あと43秒"));
}
