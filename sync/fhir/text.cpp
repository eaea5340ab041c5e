#include "sync/fhir/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kazashi::fhir {
namespace {

// The next character of valid UTF-8 (simdjson has checked it); a broken end yields what is there.
char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
    const auto lead = byte(at);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) c = c << 6U | (byte(at + i) & 0x3fU);
    at += length;
    return c;
}

void put(std::string& to, char32_t c) {
    const auto byte = [&](char32_t value) { to += static_cast<char>(value); };
    if (c < 0x80) return byte(c);
    if (c < 0x800) {
        byte(0xc0 | c >> 6U);
    } else {
        if (c < 0x10000) {
            byte(0xe0 | c >> 12U);
        } else {
            byte(0xf0 | c >> 18U);
            byte(0x80 | (c >> 12U & 0x3f));
        }
        byte(0x80 | (c >> 6U & 0x3f));
    }
    byte(0x80 | (c & 0x3f));
}

bool is_blank(char32_t c) { return c <= ' ' || c == 0x7f || c == 0xa0 || c == 0x3000 || (c >= 0x80 && c < 0xa0); }

// Characters that reorder what a reader sees, and the byte-order mark.
bool is_direction(char32_t c) {
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

// U+FF61…U+FF9F in order, as JIS X 0201 lays them out.
constexpr std::array<char16_t, 63> half_kana{
    u'。', u'「', u'」', u'、', u'・', u'ヲ', u'ァ', u'ィ', u'ゥ', u'ェ', u'ォ', u'ャ', u'ュ', u'ョ', u'ッ', u'ー',
    u'ア', u'イ', u'ウ', u'エ', u'オ', u'カ', u'キ', u'ク', u'ケ', u'コ', u'サ', u'シ', u'ス', u'セ', u'ソ', u'タ',
    u'チ', u'ツ', u'テ', u'ト', u'ナ', u'ニ', u'ヌ', u'ネ', u'ノ', u'ハ', u'ヒ', u'フ', u'ヘ', u'ホ', u'マ', u'ミ',
    u'ム', u'メ', u'モ', u'ヤ', u'ユ', u'ヨ', u'ラ', u'リ', u'ル', u'レ', u'ロ', u'ワ', u'ン', u'゛', u'゜'};

char32_t voiced(char32_t c) {
    if (c == U'ウ') return U'ヴ';
    const bool can = (c >= U'カ' && c <= U'ト' && c != U'ッ') || (c >= U'ハ' && c <= U'ホ');
    return can ? c + 1 : 0;
}
char32_t half_voiced(char32_t c) { return c >= U'ハ' && c <= U'ホ' ? c + 2 : 0; }

// Full-width katakana for half-width and hiragana; takes a following half-width voicing mark along.
char32_t kana_of(char32_t c, std::string_view text, std::size_t& at) {
    if (c >= 0x3041 && c <= 0x3096) return c + 0x60;
    if (c < 0xff61 || c > 0xff9f) return c;
    const char32_t full = half_kana[c - 0xff61];
    auto after = at;
    const char32_t mark = at < text.size() ? next(text, after) : 0;
    const char32_t changed = mark == 0xff9e ? voiced(full) : mark == 0xff9f ? half_voiced(full) : 0;
    if (changed == 0) return full;
    at = after;
    return changed;
}

char32_t narrow(char32_t c) {
    if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c == 0x3bc || c == 0xb5) return 'u';
    return c == 0x2212 ? U'-' : c;
}

}  // namespace

std::string tidy(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next(text, at);
        if (is_direction(c)) continue;
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && !out.empty()) out += ' ';
        blank = false;
        put(out, c);
    }
    return out;
}

std::string katakana(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next(text, at);
        put(out, kana_of(c, text, at));
    }
    return tidy(out);
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next(text, at);
        if (!is_blank(c) && !is_direction(c)) put(out, narrow(kana_of(c, text, at)));
    }
    return out;
}

bool is_kana(std::string_view text) {
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next(text, at);
        if (is_blank(c) || c == U'・' || c == U'-') continue;
        if (!((c >= 0x3041 && c <= 0x30ff) || (c >= 0xff66 && c <= 0xff9f))) return false;
        any = true;
    }
    return any;
}

void join(std::string& to, std::string_view more, std::string_view between) {
    if (more.empty()) return;
    for (std::size_t at = 0; at < to.size();) {
        const auto end = std::min(to.find(between, at), to.size());
        if (std::string_view{to}.substr(at, end - at) == more) return;
        at = end + between.size();
    }
    if (!to.empty()) to += between;
    to += more;
}

}  // namespace kazashi::fhir
