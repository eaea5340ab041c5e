// Codes of a capsule in words: the region's names, else what the code itself says, and never a bare code.
#include "terminal/view/code_words.h"

#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using model::CodeSystem;
using state::Language;

namespace {

view::Words words(Language language) { return {test::strings(), language, {}, std::chrono::hours{9}}; }

const std::vector<model::CodeName> names{{CodeSystem::yj7, "1149019", "ロキソプロフェン", "Loxoprofen"},
                                         {CodeSystem::jfagy, "J9FC11310000", "サバ", ""},
                                         {CodeSystem::icd10, "J44", "慢性閉塞性肺疾患", "COPD"}};

view::CodeWords said(CodeSystem system, const std::string& code, Language language = Language::japanese) {
    return view::words_of(words(language), names, system, code);
}

state::State scene(const std::string& wanted, Language language) {
    for (const auto& [name, make] : test::scenes()) {
        if (name != wanted) continue;
        auto state = make();
        state.language = language;
        return state;
    }
    FAIL("no scene " << wanted);
    return {};
}

}  // namespace

TEST_CASE("code words: a name is said in the language of the screen, in Japanese where there is no English one") {
    CHECK(said(CodeSystem::yj7, "1149019").name == "ロキソプロフェン");
    CHECK(said(CodeSystem::yj7, "1149019", Language::english).name == "Loxoprofen");
    CHECK(said(CodeSystem::yj7, "1149019").code == "1149019");
    CHECK(said(CodeSystem::jfagy, "J9FC11310000", Language::english).name == "サバ");
    // The same characters in another system are another code.
    CHECK_FALSE(said(CodeSystem::icd10, "1149019").named);
}

TEST_CASE("code words: four characters of ICD-10 have the name of their category, and it says so") {
    const auto own = said(CodeSystem::icd10, "J449", Language::english);
    CHECK(own.name == "COPD");
    CHECK(own.code == "J449 (name of J44)");
    CHECK(own.named);
}

TEST_CASE("code words: without a name it is the class the code stands in, the code, and a sentence") {
    const auto drug = said(CodeSystem::yj7, "1149037");
    CHECK(drug.name == "解熱鎮痛消炎剤\u200Bの一つ");
    CHECK(drug.code.starts_with("1149037"));
    CHECK(drug.code.find("名前がありません") != std::string::npos);
    CHECK_FALSE(drug.named);
    CHECK(said(CodeSystem::icd10, "I489").name == "循環器系の病気\u200Bの一つ");
    CHECK(said(CodeSystem::jfagy, "J9FA32540000").name == "食物\u200Bの一つ");
    CHECK(said(CodeSystem::jfagy, "J9NA32540000", Language::english).name ==
          "One of: Substances that are neither drug nor food");
    // Where no class is certain none is made up.
    CHECK(said(CodeSystem::yj7, "9990001").name == words(Language::japanese).say("capsule.unknown_drug"));
    CHECK(said(CodeSystem::icd10, "D499").name == words(Language::japanese).say("capsule.unknown_condition"));
    CHECK(said(CodeSystem::institution, "4410000009").name ==
          words(Language::japanese).say("capsule.unknown_hospital"));
}

TEST_CASE("code words: the chapters of ICD-10 begin and end where they do") {
    const auto key = [](const char* code) { return view::class_key(CodeSystem::icd10, code); };
    CHECK(key("A00") == "class.icd10_1");
    CHECK(key("B999") == "class.icd10_1");
    CHECK(key("D489") == "class.icd10_2");
    CHECK(key("D49").empty());
    CHECK(key("D500") == "class.icd10_3");
    CHECK(key("H599") == "class.icd10_7");
    CHECK(key("H600") == "class.icd10_8");
    CHECK(key("T989") == "class.icd10_19");
    CHECK(key("T99").empty());
    CHECK(key("U071") == "class.icd10_22");
    CHECK(key("V00").empty());
    CHECK(key("Z992") == "class.icd10_21");
    CHECK(key("K939") == "class.icd10_11");
    CHECK(key("K94").empty());
}

TEST_CASE("code words: every word for a class is one some code has") {
    for (const auto& [key, word] : test::strings().table(Language::japanese)) {
        if (!key.starts_with("class.")) continue;
        INFO(key);
        bool used = key == "class.jfagy_food" || key == "class.jfagy_other";
        if (key.starts_with("class.yj_"))
            used = model::is_code(CodeSystem::yj7, key.substr(9) + "0001") && key.size() == 12;
        for (char letter = 'A'; letter <= 'Z' && !used; ++letter)
            for (int number = 0; number < 100 && !used; ++number) {
                const auto code = std::string{letter} + (number < 10 ? "0" : "") + std::to_string(number);
                used = view::class_key(CodeSystem::icd10, code) == key;
            }
        CHECK(used);
    }
}

TEST_CASE("capsule screen: names large, the code beside them; without names class words and a sentence") {
    test::Glass glass;
    auto named = scene("capsule", Language::japanese);
    glass.draw(named);
    CHECK(glass.reads("ロキソプロフェンナトリウム水和物"));
    CHECK(glass.reads("1149019"));
    CHECK(glass.reads("心房細動"));
    CHECK(glass.reads("岩郷市医師会立総合病院"));
    CHECK_FALSE(glass.reads("名前がありません"));
    named.language = Language::english;
    glass.draw(named);
    CHECK(glass.reads("Loxoprofen sodium hydrate"));
    CHECK(glass.reads("Atrial fibrillation"));

    const auto bare = scene("capsule-without-names", Language::japanese);
    glass.draw(bare);
    CHECK(glass.reads("解熱鎮痛消炎剤"));
    CHECK(glass.reads("循環器系の病気"));
    CHECK(glass.reads("名前がありません"));
}
