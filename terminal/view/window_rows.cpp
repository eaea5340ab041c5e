#include "terminal/view/window_rows.h"

#include "terminal/view/controls.h"

namespace kazashi::view {
namespace {

constexpr float padding = 16;
constexpr float ring_radius = 26;
constexpr float ring_column = 2 * ring_radius + 16;
constexpr float chip_row = 40;

struct RowState {
    std::string words;
    Pair colours;
    Icon icon;
};

RowState state_of(const Page& page, const desk::LiveWindow& window) {
    const Theme& theme = page.theme();
    if (window.refused) return {page.words.say("windows.refused"), theme.refused, Icon::cross};
    if (window.receipted) return {page.words.say("windows.received"), theme.received, Icon::check};
    return {page.words.say("windows.waiting"), theme.offline, Icon::waiting};
}

std::string grant_hex(const model::GrantId& grant) { return base::to_hex(grant.view()); }

std::string days_words(const Page& page, const desk::LiveWindow& window) {
    if (window.emergency) return page.words.say("windows.hours", {{"time", page.words.moment(window.until)}});
    return page.words.say("windows.days", {{"days", std::to_string(window.days_left)}});
}

float text_width_in(float width) { return width - 2 * padding - ring_column; }

int whole_days(const desk::LiveWindow& window) {
    return static_cast<int>(std::chrono::floor<std::chrono::days>(window.until - window.granted_at).count());
}

std::string reason_of(const Page& page, const desk::LiveWindow& window) {
    return page.words.say_known("reason." + window.reason, "reason.general");
}

// What stands under each other: quiet line above, large line, and for a refused one the reason.
struct RowText {
    std::string above, name, reason;
};
RowText text_of(const Page& page, const desk::LiveWindow& window) {
    if (!window.refused && window.kanji.empty() && window.kana.empty())
        return {page.words.say("windows.granted", {{"time", page.words.moment(window.granted_at)}}),
                page.words.say("windows.name_to_come"),
                {}};
    if (!window.refused) return {window.kana, window.kanji, {}};
    return {page.words.say("windows.granted", {{"time", page.words.moment(window.granted_at)}}),
            page.words.say("windows.refused_row"), reason_of(page, window)};
}

void sign_of_window(const Page& page, Box ring, const desk::LiveWindow& window) {
    if (window.refused)
        return draw_icon(page.canvas, Icon::cross, ring.middle_x(), ring.middle_y(), 36, page.theme().refused.ink);
    if (window.emergency)
        return draw_icon(page.canvas, Icon::warning, ring.middle_x(), ring.middle_y(), 36, page.theme().refused.ink);
    days_ring(page, ring.middle_x(), ring.middle_y(), ring_radius, window.days_left, whole_days(window));
}

}  // namespace

float window_row_height(const Page& page, const desk::LiveWindow& window, float width) {
    const float inner = text_width_in(width);
    const RowText text = text_of(page, window);
    return 2 * padding + page.canvas.text_height(Face::body, text.above, inner) +
           page.canvas.text_height(Face::heading, text.name, inner) +
           page.canvas.text_height(Face::body, text.reason, inner) + chip_row +
           (window.emergency && !window.refused ? chip_row : 0);
}

void window_row(const Page& page, Box box, const desk::LiveWindow& window) {
    const Theme& theme = page.theme();
    const auto touch = page.canvas.touch("window." + grant_hex(window.grant), box);
    panel(page, box);
    if (touch.held) page.canvas.outline(box, theme.primary.ground, 12, 3);
    Box inner = box.inset(padding, padding);
    sign_of_window(page, inner.take_left(2 * ring_radius, 16), window);
    const RowText text = text_of(page, window);
    inner.take_top(page.canvas.text(inner, Face::body, theme.quiet, text.above));
    inner.take_top(page.canvas.text(inner, Face::heading, theme.panel.ink, text.name));
    inner.take_top(page.canvas.text(inner, Face::body, theme.refused.ink, text.reason));
    if (window.emergency && !window.refused)
        chip(page, inner.x, inner.take_top(chip_row).middle_y() + 2, page.words.say("windows.emergency"),
             theme.key_stop, Face::caption, Icon::warning);
    const float middle = inner.y + chip_row / 2 + 2;
    const RowState state = state_of(page, window);
    const float used = chip(page, inner.x, middle, state.words, state.colours, Face::caption, state.icon);
    if (!window.refused)
        page.canvas.beside({inner.x + used + 12, middle - 16, inner.width - used - 12, 32}, Face::body, theme.quiet,
                           days_words(page, window));
    if (touch.pressed) page.want(state::OpenWindow{window.grant});
}

}  // namespace kazashi::view
