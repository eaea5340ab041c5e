#include "terminal/state/search.h"

#include <array>
#include <utility>

namespace kazashi::state {
namespace {

// Enough of UTF-8 for kana; anything broken becomes U+FFFD and matches nothing.
std::u32string decoded(std::string_view text) {
    std::u32string letters;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (i + length > text.size()) return letters + U'\uFFFD';
        char32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k)
            code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
        letters += code;
        i += length;
    }
    return letters;
}

constexpr std::u32string_view with_marks{U"がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉゃゅょっゎゔ"};
constexpr std::u32string_view without_{U"かきくけこさしすせそたちつてとはひふへほはひふへほあいうえおやゆよつわう"};
static_assert(with_marks.size() == without_.size());

char32_t plain(char32_t letter) {
    if (letter >= U'ァ' && letter <= U'ヴ') letter -= U'ァ' - U'ぁ';
    const auto found = with_marks.find(letter);
    return found == std::u32string_view::npos ? letter : without_[found];
}

bool blank(char32_t letter) { return letter == U' ' || letter == U'\u3000'; }

std::chrono::sys_days local_day(model::UtcTime time, std::chrono::minutes offset) {
    return std::chrono::floor<std::chrono::days>(time + offset);
}

}  // namespace

std::u32string plain_kana(std::string_view text) {
    std::u32string letters;
    for (const char32_t letter : decoded(text))
        if (!blank(letter)) letters += plain(letter);
    return letters;
}

bool kana_matches(std::string_view kana, std::string_view search) {
    const std::u32string wanted = plain_kana(search);
    if (plain_kana(kana).starts_with(wanted)) return true;
    const std::u32string name = decoded(kana);
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!blank(name[i])) continue;
        std::u32string given;
        for (const char32_t letter : name.substr(i))
            if (!blank(letter)) given += plain(letter);
        if (given.starts_with(wanted)) return true;
    }
    return false;
}

std::vector<const desk::LiveWindow*> found_windows(const State& state) {
    std::vector<const desk::LiveWindow*> found;
    for (const auto& window : state.windows)
        if (kana_matches(window.kana, state.kana_search)) found.push_back(&window);
    return found;
}

std::vector<const desk::LiveWindow*> owners_to_choose(const State& state) {
    std::vector<const desk::LiveWindow*> found;
    for (const auto& window : state.windows) {
        const bool named = !window.refused && !window.kanji.empty();
        if (named && kana_matches(window.kana, state.lost->kana)) found.push_back(&window);
    }
    return found;
}

std::vector<const desk::LiveWindow*> todays_windows(const State& state) {
    const auto today = local_day(state.now, state.utc_offset);
    std::vector<const desk::LiveWindow*> found;
    for (const auto& window : state.windows)
        if (local_day(window.granted_at, state.utc_offset) == today) found.push_back(&window);
    return found;
}

}  // namespace kazashi::state
