#include "terminal/view/controls.h"

#include <fmt/format.h>

namespace kazashi::view {
namespace {

constexpr float corner = 12;
constexpr float side_button = 280;
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
    }
    return {theme.primary, std::nullopt};
}

Box bottom_row(const Page& page) {
    const Box whole = page.canvas.whole();
    return Box{margin, whole.bottom() - bottom_bar, whole.width - 2 * margin, bottom_bar}.inset(0, 16);
}

}  // namespace

bool button(const Page& page, std::string_view id, Box box, std::string_view label, Look look, bool enabled, Face face,
            Icon icon) {
    const Theme& theme = page.theme();
    const auto touch = page.canvas.touch(id, box, enabled);
    ButtonColours colours = colours_of(theme, look);
    if (!enabled) colours = {{theme.quiet, mixed(theme.page.ground, theme.line, 60)}, theme.line};
    if (touch.held) colours.fill.ground = mixed(colours.fill.ground, theme.page.ink, 18);
    page.canvas.fill(box, colours.fill.ground, corner);
    if (colours.edge) page.canvas.outline(box, *colours.edge, corner, 1.5F);
    Box inside = box.inset(12, 4);
    if (icon != Icon::none) {
        const float size = face_sizes[static_cast<std::size_t>(face)];
        const float wide = std::min(inside.width, page.canvas.text_width(face, label) + size + 12);
        inside = inside.centred(wide, inside.height);
        const Box left = inside.take_left(size, 12);
        draw_icon(page.canvas, icon, left.middle_x(), left.middle_y(), size * 0.8F, colours.fill.ink);
    }
    const bool roomy = page.canvas.text_height(face, label, inside.width) <= inside.height;
    page.canvas.centred(inside, roomy ? face : Face::strong, colours.fill.ink, label);
    return touch.pressed;
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

bool back_button(const Page& page, std::string_view id, std::string_view label) {
    Box row = bottom_row(page);
    return button(page, id, row.take_left(side_button - 56), label, Look::plain, true, Face::heading, Icon::back);
}

bool main_button(const Page& page, std::string_view id, std::string_view label, bool enabled) {
    Box row = bottom_row(page);
    return button(page, id, row.take_right(side_button), label, Look::primary, enabled);
}

void next_sentence(const Page& page, std::string_view sentence, std::optional<Pair> colours) {
    const Box row = bottom_row(page);
    const Box middle = row.inset(side_button + gutter, -12);
    if (colours) tinted(page, middle.inset(0, 12), *colours);
    page.canvas.centred(middle, Face::body, colours ? colours->ink : page.theme().quiet, sentence);
}

}  // namespace kazashi::view
