#include "tests/e2e/story/sentences.h"

#include <algorithm>
#include <array>

namespace kazashi::story {

namespace {

struct PadRow {
    const char* row;
    std::array<const char*, 5> katakana;
    std::array<const char*, 5> hiragana;
};
constexpr std::array pad{
    PadRow{"あ", {"ア", "イ", "ウ", "エ", "オ"}, {"あ", "い", "う", "え", "お"}},
    PadRow{"か", {"カ", "キ", "ク", "ケ", "コ"}, {"か", "き", "く", "け", "こ"}},
    PadRow{"さ", {"サ", "シ", "ス", "セ", "ソ"}, {"さ", "し", "す", "せ", "そ"}},
    PadRow{"た", {"タ", "チ", "ツ", "テ", "ト"}, {"た", "ち", "つ", "て", "と"}},
    PadRow{"な", {"ナ", "ニ", "ヌ", "ネ", "ノ"}, {"な", "に", "ぬ", "ね", "の"}},
    PadRow{"は", {"ハ", "ヒ", "フ", "ヘ", "ホ"}, {"は", "ひ", "ふ", "へ", "ほ"}},
    PadRow{"ま", {"マ", "ミ", "ム", "メ", "モ"}, {"ま", "み", "む", "め", "も"}},
    PadRow{"ら", {"ラ", "リ", "ル", "レ", "ロ"}, {"ら", "り", "る", "れ", "ろ"}},
};
constexpr std::size_t kana_bytes = 3;

std::vector<KanaKey> key_of(const std::string& kana) {
    for (const auto& row : pad) {
        const auto found = std::find(row.katakana.begin(), row.katakana.end(), kana);
        if (found != row.katakana.end()) {
            return {{row.row, row.hiragana.at(static_cast<std::size_t>(found - row.katakana.begin()))}};
        }
    }
    return {};
}

}  // namespace

std::vector<std::string> parts_of(const std::string& sentence, const std::vector<Filled>& filled) {
    std::string text = sentence;
    for (const auto& one : filled) {
        const std::string placeholder = "{" + one.name + "}";
        const auto at = text.find(placeholder);
        if (at == std::string::npos) return {};
        text.replace(at, placeholder.size(), one.value);
    }
    return fixed_parts(text);
}

bool says(const Frame& frame, const Words& words, const std::string& key, const std::vector<Filled>& filled) {
    const auto parts = parts_of(words.of(key), filled);
    return !parts.empty() && std::any_of(frame.texts.begin(), frame.texts.end(),
                                         [&](const std::string& text) { return holds_in_order(text, parts); });
}

std::vector<KanaKey> kana_keys(const std::string& katakana) {
    std::vector<KanaKey> keys;
    for (std::size_t at = 0; at + kana_bytes <= katakana.size(); at += kana_bytes) {
        const auto key = key_of(katakana.substr(at, kana_bytes));
        if (key.empty()) return {};
        keys.push_back(key.front());
    }
    return keys;
}

}  // namespace kazashi::story
