#include "terminal/doctor/fonts.h"

#include <array>
#include <set>

#include "terminal/platform/fonts_files.h"
#include "terminal/view/lines.h"
#include "terminal/view/strings.h"

namespace kazashi::doctor {

namespace {

constexpr auto group = DoctorGroup::fonts;

// In names as registers write them: beyond what common fonts have. 髙 﨑 𠮷, and a hentaigana of a first name.
constexpr std::array rare_letters{U'\u9AD9', U'\uFA11', U'\U00020BB7', U'\U0001B002'};

bool drawn(char32_t letter) { return letter > U' ' && letter != U'\u200B'; }

std::set<char32_t> letters_of_words(const view::Strings& strings) {
    std::set<char32_t> letters;
    for (const auto language : {state::Language::japanese, state::Language::english})
        for (const auto& [key, words] : strings.table(language))
            for (const auto& letter : view::letters_of(words))
                if (drawn(letter.code)) letters.insert(letter.code);
    return letters;
}

template <class Letters>
std::size_t missing(const platform::FontsFiles& fonts, const Letters& letters) {
    std::size_t count = 0;
    for (const char32_t letter : letters)
        for (const auto face : {view::Face::body, view::Face::strong})
            if (fonts.find(face, {letter, 0}).missing) {
                ++count;
                break;
            }
    return count;
}

}  // namespace

Findings probe_fonts(const FontsWays& ways) {
    const auto strings = view::Strings::load(ways.assets);
    if (!strings) return {found(group, "assets_missing")};
    const auto fonts = platform::FontsFiles::open(ways.assets / "fonts.toml", 1.0F);
    if (!fonts) {
        const bool none = fonts.fault() == base::Fault::not_found;
        return {found(group, none ? "fonts_missing" : "assets_missing")};
    }
    if (const auto count = missing(*fonts, letters_of_words(*strings)); count > 0)
        return {found(group, "letters_missing", {{"count", std::to_string(count)}})};
    if (missing(*fonts, rare_letters) > 0) return {noted(group, "rare_letters_missing")};
    return {well(group, "fonts_ok")};
}

}  // namespace kazashi::doctor
