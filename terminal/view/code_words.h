// What a code of a capsule is called here: by the region's glossary, else by what its own structure says for certain.
#pragma once

#include <string>
#include <vector>

#include "sync/model/code_name.h"
#include "terminal/view/words.h"

namespace kazashi::view {

struct CodeWords {
    std::string name;  // large
    std::string code;  // small beside it: the code; without a name also a sentence that says so
    bool named{};
};

CodeWords words_of(const Words& words, const std::vector<model::CodeName>& names, model::CodeSystem system,
                   const std::string& code);

// Key of the class the code stands in: "class.yj_114", "class.icd10_9"; empty where no class is certain.
std::string class_key(model::CodeSystem system, std::string_view code);

}  // namespace kazashi::view
