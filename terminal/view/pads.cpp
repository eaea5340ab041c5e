#include "terminal/view/pads.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kazashi::view {
namespace {

// Columns from あ to わ, as on the boards people know.
using Row = std::array<const char*, 5>;
constexpr std::array<Row, 10> kana{{
    {"あ", "い", "う", "え", "お"},
    {"か", "き", "く", "け", "こ"},
    {"さ", "し", "す", "せ", "そ"},
    {"た", "ち", "つ", "て", "と"},
    {"な", "に", "ぬ", "ね", "の"},
    {"は", "ひ", "ふ", "へ", "ほ"},
    {"ま", "み", "む", "め", "も"},
    {"や", "", "ゆ", "", "よ"},
    {"ら", "り", "る", "れ", "ろ"},
    {"わ", "を", "ん", "ー", ""},
}};

constexpr std::array<std::string_view, 3> letters{"qwertyuiop", "asdfghjkl", "zxcvbnm"};

void kana_key(const Page& page, Box box, const std::string& key, Face face) {
    if (button(page, "kana." + key, box, key, Look::plain, true, face)) page.want(state::TypeKana{key});
}

Box key_at(Box pad, std::size_t column, std::size_t row) {
    return {pad.x + static_cast<float>(column) * (key_size + key_gap),
            pad.y + static_cast<float>(row) * (key_size + key_gap), key_size, key_size};
}

// The ten rows as on a telephone: three to a line, わ in the middle of the last.
void all_rows(const Page& page, Box pad) {
    for (std::size_t i = 0; i < kana.size(); ++i) {
        const std::size_t place = i < 9 ? i : 10;
        const std::string row = kana[i].front();
        if (button(page, "row." + row, key_at(pad, place % 3, place / 3), row, Look::plain, true, Face::title))
            page.want(state::OpenKanaRow{row});
    }
}

void one_row(const Page& page, Box pad, const Row& row) {
    for (std::size_t i = 0, place = 0; i < row.size(); ++i)
        if (const std::string key = row[i]; !key.empty()) {
            kana_key(page, key_at(pad, place % 3, place / 3), key, Face::title);
            ++place;
        }
    const Box close{pad.x, pad.y + 3 * (key_size + key_gap), keys(3), key_size};
    if (button(page, "row.close", close, page.words.say("search.rows"), Look::plain, true, Face::heading, Icon::back))
        page.want(state::OpenKanaRow{});
}

}  // namespace

void digit_keys(const Page& page, std::string_view prefix, Box pad, bool enabled) {
    for (int digit = 0; digit <= 9; ++digit) {
        const std::size_t place = digit == 0 ? 10 : static_cast<std::size_t>(digit - 1);
        const std::string label = std::to_string(digit);
        const Box box = key_at(pad, place % 3, place / 3);
        if (button(page, std::string{prefix} + label, box, label, Look::plain, enabled, Face::title))
            page.want(state::PressDigit{digit});
        // The raised dot of a telephone, for fingers that know the pad by heart.
        if (digit == 5) page.canvas.circle(box.middle_x(), box.bottom() - 18, 4, page.theme().page.ink);
    }
}

RowEnds letter_keys(const Page& page, Box pad, bool capitals, bool enabled) {
    constexpr float step = letter_width + key_gap;
    for (std::size_t row = 0; row < letters.size(); ++row) {
        const float y = pad.y + static_cast<float>(row) * (key_size + key_gap);
        float x = pad.x + (10 - static_cast<float>(letters[row].size())) * step / 2;
        for (const char small : letters[row]) {
            const char letter = capitals ? static_cast<char>(small - 'a' + 'A') : small;
            if (button(page, std::string{"letter."} + small, {x, y, letter_width, key_size}, std::string(1, letter),
                       Look::plain, enabled, Face::title))
                page.want(state::TypeLetter{letter});
            x += step;
        }
    }
    const float end = 1.5F * step - key_gap;  // beside the seven letters of the last row
    const float y = pad.y + 2 * (key_size + key_gap);
    return {{pad.x, y, end, key_size}, {pad.x + letters_width - end, y, end, key_size}};
}

void kana_keys(const Page& page, Box pad) {
    const float width = (pad.width - 9 * key_gap) / 10;
    const float height = std::min(key_size, (pad.height - 4 * key_gap) / 5);
    for (std::size_t column = 0; column < kana.size(); ++column)
        for (std::size_t row = 0; row < kana[column].size(); ++row)
            if (const std::string key = kana[column][row]; !key.empty())
                kana_key(page,
                         {pad.x + static_cast<float>(column) * (width + key_gap),
                          pad.y + static_cast<float>(row) * (height + key_gap), width, height},
                         key, Face::heading);
}

void kana_rows(const Page& page, Box pad, const std::string& open_row) {
    const auto open = std::ranges::find_if(kana, [&](const Row& row) { return open_row == row.front(); });
    open == kana.end() ? all_rows(page, pad) : one_row(page, pad, *open);
}

}  // namespace kazashi::view
