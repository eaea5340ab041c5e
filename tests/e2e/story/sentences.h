// Sentences with names in them, as a person reads them on the screen.
#pragma once

#include <string>
#include <vector>

#include "tests/e2e/story/words.h"

namespace kazashi::story {

struct Filled {
    std::string name;  // of the placeholder: "facility"
    std::string value;
};
// The fixed parts of a sentence with some placeholders filled in: what must stand in one text, in this order.
std::vector<std::string> parts_of(const std::string& sentence, const std::vector<Filled>& filled);
// Does one text of the frame say the sentence of this key, with these names in it?
bool says(const Frame& frame, const Words& words, const std::string& key, const std::vector<Filled>& filled);

// 「ウスキ」 → う, す, き: the keys of the kana pad, and 「あ」, 「さ」, 「か」: the rows they stand in. Empty when the
// pad has no such key.
struct KanaKey {
    std::string row;
    std::string kana;
};
std::vector<KanaKey> kana_keys(const std::string& katakana);

}  // namespace kazashi::story
