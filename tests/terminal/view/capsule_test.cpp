// What a medic reads off the card's own facts: never a "none" above something left out, and how much there is.
#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using state::Language;
using test::Glass;

namespace {

void reads(const char* name, Language language, std::initializer_list<const char*> there,
           std::initializer_list<const char*> not_there = {}) {
    auto state = test::scene(name);
    state.language = language;
    Glass glass;
    glass.draw(state);
    for (const char* text : there) {
        INFO(name << ": " << text);
        CHECK(glass.reads(text));
    }
    for (const char* text : not_there) {
        INFO(name << ": not " << text);
        CHECK(!glass.reads(text));
    }
}

}  // namespace

TEST_CASE("capsule screen: none is said only where nothing is left out") {
    reads("capsule-none", Language::japanese, {"なし（確認ずみ）"});
    reads("capsule-uncoded", Language::japanese, {"使ってはいけないものが1件あります"}, {"なし（確認ずみ）"});
    reads("capsule-uncoded", Language::english, {"Not to be given: 1, without a name on the card"},
          {"None (confirmed)"});
}

TEST_CASE("capsule screen: a drug that must not be given says nothing of allergies") {
    reads("capsule-drug-alone", Language::japanese, {"禁忌薬", "ほかのアレルギーは不明です"});
    reads("capsule", Language::japanese, {}, {"ほかのアレルギーは不明です"});
}

TEST_CASE("capsule screen: the count is of all, and what stops counting says so") {
    reads("capsule", Language::japanese, {"3件"});
    reads("capsule-full", Language::japanese, {"83件以上", "ほかに15件以上あります"});
    reads("capsule-full", Language::english, {"at least 83", "do not give"});
}

TEST_CASE("capsule screen: whom to call, blood type and hospital need no scrolling") {
    for (const auto language : {Language::japanese, Language::english}) {
        auto state = test::scene("capsule");
        state.language = language;
        Glass glass;
        glass.draw(state);
        CHECK(glass.reads("0972000001"));
        CHECK(glass.reads("岩郷市医師会立総合病院"));
        CHECK(!glass.item("more.capsule"));
    }
}
