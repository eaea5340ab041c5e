#include "terminal/view/code_words.h"

#include <array>

namespace kazashi::view {
namespace {

using model::CodeSystem;

struct Chapter {
    std::string_view first, last;  // categories of ICD-10 (2013), both of it
    const char* key;
};
constexpr std::array chapters{
    Chapter{"A00", "B99", "class.icd10_1"},  Chapter{"C00", "D48", "class.icd10_2"},
    Chapter{"D50", "D89", "class.icd10_3"},  Chapter{"E00", "E90", "class.icd10_4"},
    Chapter{"F00", "F99", "class.icd10_5"},  Chapter{"G00", "G99", "class.icd10_6"},
    Chapter{"H00", "H59", "class.icd10_7"},  Chapter{"H60", "H95", "class.icd10_8"},
    Chapter{"I00", "I99", "class.icd10_9"},  Chapter{"J00", "J99", "class.icd10_10"},
    Chapter{"K00", "K93", "class.icd10_11"}, Chapter{"L00", "L99", "class.icd10_12"},
    Chapter{"M00", "M99", "class.icd10_13"}, Chapter{"N00", "N99", "class.icd10_14"},
    Chapter{"O00", "O99", "class.icd10_15"}, Chapter{"P00", "P96", "class.icd10_16"},
    Chapter{"Q00", "Q99", "class.icd10_17"}, Chapter{"R00", "R99", "class.icd10_18"},
    Chapter{"S00", "T98", "class.icd10_19"}, Chapter{"V01", "Y98", "class.icd10_20"},
    Chapter{"Z00", "Z99", "class.icd10_21"}, Chapter{"U00", "U99", "class.icd10_22"},
};

std::string chapter_of(std::string_view code) {
    const auto category = code.substr(0, 3);
    for (const auto& chapter : chapters)
        if (category >= chapter.first && category <= chapter.last) return chapter.key;
    return {};
}

const char* unknown_key(CodeSystem system) {
    switch (system) {
        case CodeSystem::yj7:
        case CodeSystem::jfagy:
            return "capsule.unknown_drug";
        case CodeSystem::icd10:
            return "capsule.unknown_condition";
        case CodeSystem::institution:
            break;
    }
    return "capsule.unknown_hospital";
}

const std::string& in_language(const model::CodeName& name, state::Language language) {
    return language == state::Language::english && !name.english.empty() ? name.english : name.japanese;
}

}  // namespace

std::string class_key(CodeSystem system, std::string_view code) {
    switch (system) {
        case CodeSystem::yj7:
            return "class.yj_" + std::string{code.substr(0, 3)};
        case CodeSystem::jfagy:
            return code.starts_with("J9F") ? "class.jfagy_food" : "class.jfagy_other";
        case CodeSystem::icd10:
            return chapter_of(code);
        case CodeSystem::institution:
            break;
    }
    return {};
}

CodeWords words_of(const Words& words, const std::vector<model::CodeName>& names, CodeSystem system,
                   const std::string& code) {
    if (const auto* own = model::find_name(names, system, code))
        return {in_language(*own, words.language()), code, true};
    if (const auto broader = model::broader_code(system, code)) {
        if (const auto* name = model::find_name(names, system, *broader))
            return {in_language(*name, words.language()),
                    words.say("capsule.broader", {{"code", code}, {"broader", *broader}}), true};
    }
    const auto key = class_key(system, code);
    const auto said =
        words.has(key) ? words.say("capsule.one_of", {{"class", words.say(key)}}) : words.say(unknown_key(system));
    return {said, words.say("capsule.unnamed", {{"code", code}}), false};
}

}  // namespace kazashi::view
