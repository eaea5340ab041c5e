// Dates, texts, names and codes: what records write in many ways.
#include "sync/fhir/code_systems.h"
#include "sync/fhir/dates.h"
#include "sync/fhir/json.h"
#include "sync/fhir/names.h"
#include "sync/fhir/text.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono;
using fhir::CodeSystem;

TEST_CASE("dates: a date may lack its day or its month") {
    CHECK(fhir::record_date("2026").text == "2026");
    CHECK(fhir::record_date("2026").day == base::Date{2026y / 1 / 1});
    CHECK(fhir::record_date("2026-03").text == "2026-03");
    CHECK(fhir::record_date("2026-03").day == base::Date{2026y / 3 / 1});
    CHECK(fhir::record_date("2026-03-02").day == base::Date{2026y / 3 / 2});
}

TEST_CASE("dates: a time elsewhere is a day of Japan") {
    CHECK(fhir::record_date("2026-03-02T09:47:14+09:00").text == "2026-03-02");
    CHECK(fhir::record_date("2026-03-02T23:30:00Z").text == "2026-03-03");
    CHECK(fhir::record_date("2026-03-02T10:00:00.000-08:00").text == "2026-03-03");
    CHECK(fhir::record_date("2026-03-02T23:30:00").text == "2026-03-02");
}

TEST_CASE("dates: what is no date becomes none") {
    for (const auto* text : {"", "20260302", "2026-13", "2026-02-30", "2026-3-2", "yesterday", "2026-03-02x", "0001"})
        CHECK(!fhir::record_date(text).day);
}

TEST_CASE("text: U+3000 and line ends become one blank and direction marks go") {
    CHECK(fhir::tidy("　東京　　太郎\n") == "東京 太郎");
    CHECK(fhir::tidy("a\u202eb\u200bc") == "abc");
    CHECK(fhir::tidy("髙橋 𠮷田 葛\U000e0100") == "髙橋 𠮷田 葛\U000e0100");
}

TEST_CASE("text: kana of any width is one kana") {
    CHECK(fhir::katakana("ﾏｷﾉ ﾗﾝﾏﾝ") == "マキノ ランマン");
    CHECK(fhir::katakana("がぎぐ　ﾊﾟﾋﾞｳﾞ") == "ガギグ パビヴ");
    CHECK(fhir::is_kana("マキノ ランマン"));
    CHECK(!fhir::is_kana("牧野 ランマン"));
    CHECK(!fhir::is_kana(""));
}

TEST_CASE("text: units are compared after folding") {
    CHECK(fhir::folded("ｍＬ／ｍｉｎ") == fhir::folded("mL / min"));
    CHECK(fhir::folded("μg") == fhir::folded("ug"));
    CHECK(fhir::folded("g/dL") != fhir::folded("mg/dL"));
}

TEST_CASE("text: joining says nothing twice") {
    std::string list;
    for (const auto* word : {"発疹", "", "じんましん", "発疹"}) fhir::join(list, word, "、");
    CHECK(list == "発疹、じんましん");
}

TEST_CASE("codes: the old OID and the new URL are one system") {
    for (const auto* uri : {"http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", "urn:oid:1.2.392.100495.20.2.73",
                            "urn:oid:1.2.392.100495.20.1.73", "http://medis.or.jp/CodeSystem/master-YJ"})
        CHECK(fhir::code_system(uri) == CodeSystem::yj);
    CHECK(fhir::code_system("urn:oid:1.2.392.200119.4.403.1") == CodeSystem::hot);
    CHECK(fhir::code_system("http://medis.or.jp/CodeSystem/master-HOT13") == CodeSystem::hot);
    CHECK(fhir::code_system("urn:oid:1.2.392.200119.4.504") == CodeSystem::jlac10);
    CHECK(fhir::code_system("http://loinc.org|2.76") == CodeSystem::loinc);
    CHECK(fhir::code_system("http://example.org") == CodeSystem::other);
}

TEST_CASE("codes: ICD-10 loses its dot and an allergen its prefix") {
    CHECK(fhir::canonical_code(CodeSystem::icd10, "c16.9") == "C169");
    CHECK(fhir::canonical_code(CodeSystem::jfagy_drug, "YCM1149019F1560") == "1149019F1560");
    CHECK(fhir::canonical_code(CodeSystem::jfagy_drug, "GCM2260701F1ZZZ") == "2260701F1ZZZ");
    CHECK(fhir::canonical_code(CodeSystem::other, "aB.c") == "aB.c");
}

namespace {
fhir::Names names(const std::string& list) {
    const auto json = fhir::Json::parse(R"({"name":)" + list + "}");
    REQUIRE(json);
    return fhir::names_of((*json)->root());
}
const std::string kanji_mark =
    R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"IDE"}])";
const std::string kana_mark =
    R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"SYL"}])";
}  // namespace

TEST_CASE("names: kanji and kana are told apart by their mark and not by their order") {
    const auto found = names("[{" + kana_mark + R"(,"text":"ﾏｷﾉ　ﾗﾝﾏﾝ"},{)" + kanji_mark + R"(,"text":"牧野　爛漫"}])");
    CHECK(found.kanji == "牧野 爛漫");
    CHECK(found.kana == "マキノ ランマン");
}

TEST_CASE("names: family and given stand in for a missing text") {
    CHECK(names(R"([{"family":"髙橋","given":["■子"]}])").kanji == "髙橋 ■子");
    CHECK(names(R"([{"family":"Mohr","given":["Alice","May"]}])").kanji == "Mohr Alice May");
}

TEST_CASE("names: kana alone is name and kana") {
    const auto found = names(R"([{"text":"ウスキ ハナコ"}])");
    CHECK(found.kana == "ウスキ ハナコ");
    CHECK(found.kanji == "ウスキ ハナコ");
}

TEST_CASE("names: of two official names the first and never an old one") {
    const auto found = names(R"([{"use":"old","text":"旧姓 花子"},{"use":"usual","text":"通称 花子"},)"
                             R"({"use":"official","text":"臼杵 花子"},{"use":"official","text":"別名 花子"}])");
    CHECK(found.kanji == "臼杵 花子");
}
