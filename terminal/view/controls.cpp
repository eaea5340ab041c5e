#include "terminal/view/controls.h"

#include <fmt/format.h>

namespace kazashi::view {
namespace {

constexpr float corner = 12;
constexpr float side_button = 280;
constexpr float back_width = 224;
constexpr float chip_padding = 12;

struct ButtonColours {
    Pair fill;
    std::optional<Colour> edge;
};

ButtonColours colours_of(const Theme& theme, Look look) {
    switch (look) {
        case Look::primary:
            return {theme.primary, std::nullopt};
        case Look::plain:
            return {{theme.page.ink, theme.panel.ground}, mixed(theme.quiet, theme.panel.ground, 30)};
        case Look::stop:
            return {theme.key_stop, std::nullopt};
        case Look::again:
            return {theme.key_again, std::nullopt};
        case Look::enter:
            return {theme.key_enter, std::nullopt};
        case Look::emergency:
            return {theme.refused, theme.refused.ink};
    }
    return {theme.primary, std::nullopt};
}

Box whole_bottom(const Page& page) {
    const Box whole = page.canvas.whole();
    return Box{margin, whole.bottom() - bottom_bar, whole.width - 2 * margin, bottom_bar}.inset(0, 16);
}

// The seconds that are left, and in words what happens then.
void closing_note(const Page& page, Box box, const state::Closing& closing) {
    const Pair colours = page.theme().caution;
    tinted(page, box, colours);
    box = box.inset(16, 0);
    const Box ring = box.take_left(52, 16);
    const auto whole = static_cast<float>(page.state.policy.idle_warning.count());
    const auto left = static_cast<float>(closing.left.count());
    page.canvas.ring(ring.middle_x(), ring.middle_y(), 24, whole > 0 ? left / whole : 0, colours.ink, 5);
    const std::string seconds = std::to_string(closing.left.count());
    page.canvas.centred(ring, Face::strong, colours.ink, seconds);
    const bool lock = closing.what == state::Closing::What::lock;
    page.canvas.beside(box, Face::body, colours.ink,
                       page.words.say(lock ? "closing.lock" : "closing.screen", {{"seconds", seconds}}));
}

}  // namespace

ButtonFrame button_frame(const Page& page, std::string_view id, Box box, Look look, bool enabled) {
    const Theme& theme = page.theme();
    const auto touch = page.canvas.touch(id, box, enabled);
    ButtonColours colours = colours_of(theme, look);
    if (!enabled) colours = {{theme.quiet, mixed(theme.page.ground, theme.line, 60)}, theme.line};
    if (touch.held) colours.fill.ground = mixed(colours.fill.ground, theme.page.ink, 18);
    page.canvas.fill(box, colours.fill.ground, corner);
    if (colours.edge) page.canvas.outline(box, *colours.edge, corner, 1.5F);
    return {touch.pressed, colours.fill.ink};
}

bool button(const Page& page, std::string_view id, Box box, std::string_view label, Look look, bool enabled, Face face,
            Icon icon) {
    const ButtonFrame frame = button_frame(page, id, box, look, enabled);
    Box inside = box.inset(12, 4);
    if (icon != Icon::none) {
        const float size = face_sizes[static_cast<std::size_t>(face)];
        const float wide = std::min(inside.width, page.canvas.text_width(face, label) + size + 12);
        inside = inside.centred(wide, inside.height);
        const Box left = inside.take_left(size, 12);
        draw_icon(page.canvas, icon, left.middle_x(), left.middle_y(), size * 0.8F, frame.ink);
    }
    const bool roomy = page.canvas.text_height(face, label, inside.width) <= inside.height;
    page.canvas.centred(inside, roomy ? face : Face::strong, frame.ink, label);
    return frame.pressed;
}

void panel(const Page& page, Box box) {
    page.canvas.fill(box, page.theme().panel.ground, corner);
    page.canvas.outline(box, page.theme().line, corner);
}

void tinted(const Page& page, Box box, Pair colours) {
    page.canvas.fill(box, colours.ground, corner);
    page.canvas.outline(box, mixed(colours.ground, colours.ink, 35), corner);
}

float chip_width(const Page& page, std::string_view label, Face face, Icon icon) {
    const float size = face_sizes[static_cast<std::size_t>(face)];
    return page.canvas.text_width(face, label) + 2 * chip_padding + (icon == Icon::none ? 0 : size + 6);
}

float chip(const Page& page, float x, float middle_y, std::string_view label, Pair colours, Face face, Icon icon) {
    const float size = face_sizes[static_cast<std::size_t>(face)];
    const float height = Canvas::line_height(face) + 4;
    const float width = chip_width(page, label, face, icon);
    Box box{x, middle_y - height / 2, width, height};
    page.canvas.fill(box, colours.ground, height / 2);
    box = box.inset(chip_padding, 0);
    if (icon != Icon::none) {
        const Box left = box.take_left(size, 6);
        draw_icon(page.canvas, icon, left.middle_x(), left.middle_y(), size * 0.85F, colours.ink);
    }
    page.canvas.beside(box, face, colours.ink, label);
    return width;
}

void days_ring(const Page& page, float x, float y, float radius, int days_left, int days_whole) {
    const Theme& theme = page.theme();
    const float share = days_whole > 0 ? static_cast<float>(days_left) / static_cast<float>(days_whole) : 0;
    const bool soon = days_left <= 7;
    page.canvas.ring(x, y, radius, share, soon ? theme.caution.ink : theme.primary.ground, radius / 5);
    const Face face = radius >= 36 ? Face::heading : Face::strong;
    page.canvas.centred({x - radius, y - radius, 2 * radius, 2 * radius}, face, theme.page.ink,
                        fmt::format("{}", days_left));
}

bool side_action(const Page& page, std::string_view id, std::string_view label, Icon icon, bool enabled) {
    Box row = whole_bottom(page);
    return button(page, id, row.take_left(back_width), label, Look::plain, enabled, Face::heading, icon);
}

bool back_button(const Page& page, std::string_view id, std::string_view label) {
    return side_action(page, id, label, Icon::back);
}

bool main_button(const Page& page, std::string_view id, std::string_view label, bool enabled) {
    Box row = whole_bottom(page);
    return button(page, id, row.take_right(side_button), label, Look::primary, enabled);
}

BottomRow bottom_row(const Page& page, std::size_t actions, float width) {
    Box row = whole_bottom(page);
    row.take_left(back_width, gutter);
    BottomRow made;
    for (std::size_t i = 0; i < actions; ++i) made.actions.insert(made.actions.begin(), row.take_right(width, 16));
    if (actions > 0) row.width -= gutter - 16;
    made.middle = row;
    return made;
}

void next_sentence(const Page& page, std::string_view sentence) {
    next_sentence(page, whole_bottom(page).inset(side_button + gutter, 0), sentence);
}

void next_sentence(const Page& page, Box middle, std::string_view sentence) {
    if (const auto closing = closing_in(page.state)) return closing_note(page, middle, *closing);
    page.canvas.centred(middle.inset(0, -12), Face::body, page.theme().quiet, sentence);
}

}  // namespace kazashi::view
