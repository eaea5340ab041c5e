#include "terminal/view/hero.h"

#include <cmath>
#include <numbers>

namespace kazashi::view {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

// The drawing is made on a field of 400 × 300 and fitted into its box.
struct Field {
    Canvas& canvas;
    float x, y, scale;

    Box box(Box b) const { return {x + b.x * scale, y + b.y * scale, b.width * scale, b.height * scale}; }
    Canvas::Point point(float px, float py) const { return {x + px * scale, y + py * scale}; }
};

// A card, turned: its own coordinates are millimetres from its middle (85.6 × 54).
struct Card {
    const Field& field;
    float x, y, size, turn;

    Canvas::Point at(float mx, float my) const {
        const float c = std::cos(turn), s = std::sin(turn);
        return field.point(x + (mx * c - my * s) * size, y + (mx * s + my * c) * size);
    }
    std::vector<Canvas::Point> round_rectangle(float x0, float y0, float x1, float y1, float r) const {
        std::vector<Canvas::Point> points;
        const float corners[4][3] = {
            {x0 + r, y0 + r, pi}, {x1 - r, y0 + r, 1.5F * pi}, {x1 - r, y1 - r, 0}, {x0 + r, y1 - r, 0.5F * pi}};
        for (const auto& corner : corners)
            for (int i = 0; i <= 8; ++i) {
                const float angle = corner[2] + static_cast<float>(i) * pi / 16;
                points.push_back(at(corner[0] + r * std::cos(angle), corner[1] + r * std::sin(angle)));
            }
        return points;
    }
};

void draw_reader(const Page& page, const Field& field, bool reading) {
    const Theme& theme = page.theme();
    Canvas& canvas = page.canvas;
    const Colour dark = mixed(theme.page.ink, theme.page.ground, 12);
    canvas.fill(field.box({52, 278, 296, 10}), mixed(theme.page.ground, theme.page.ink, 10), 5 * field.scale);
    canvas.fill(field.box({60, 214, 280, 66}), dark, 20 * field.scale);
    canvas.fill(field.box({60, 214, 280, 46}), mixed(dark, theme.page.ground, 14), 20 * field.scale);
    canvas.fill(field.box({140, 226, 120, 22}), mixed(dark, theme.page.ground, 32), 11 * field.scale);
    const Colour lamp = reading ? theme.key_enter.ground : theme.primary.ground;
    canvas.circle(field.point(312, 237).x, field.point(312, 237).y, 6 * field.scale,
                  reading ? mixed(lamp, {255, 255, 255}, 35) : lamp);
}

void draw_card(const Page& page, const Card& card) {
    const Theme& theme = page.theme();
    Canvas& canvas = page.canvas;
    const Colour face = theme.primary.ground, light = mixed(face, {255, 255, 255}, 82),
                 band = mixed(face, {255, 255, 255}, 22);
    canvas.shape(card.round_rectangle(-42.8F, -27, 42.8F, 27, 5), face);
    canvas.shape({card.at(-42.8F, 2), card.at(42.8F, -14), card.at(42.8F, 0), card.at(-42.8F, 16)}, band);
    // A stone figure: halo, head, robe.
    const auto head = card.at(-24, -4);
    const float mm = card.size * card.field.scale;
    canvas.arc(head.x, head.y, 9.5F * mm, 0, 2 * pi, light, 1.4F * mm);
    canvas.circle(head.x, head.y, 4.6F * mm, light);
    canvas.shape({card.at(-28, 2), card.at(-20, 2), card.at(-14, 14), card.at(-34, 14)}, light);
    canvas.path({card.at(2, 9), card.at(32, 9)}, light, 2.4F * mm);
    canvas.path({card.at(2, 16), card.at(22, 16)}, light, 2.4F * mm);
}

void draw_waves(const Page& page, const Field& field) {
    const auto middle = field.point(200, 246);
    for (int i = 0; i < 3; ++i) {
        const float radius = (46 + static_cast<float>(i) * 18) * field.scale;
        const Colour colour = mixed(page.theme().primary.ground, page.theme().page.ground, 20 + i * 25);
        page.canvas.arc(middle.x, middle.y, radius, pi * 1.28F, pi * 1.72F, colour, 5 * field.scale);
    }
}

}  // namespace

void draw_hero(const Page& page, Box box, Hero hero) {
    const float scale = std::min(box.width / 400, box.height / 300);
    const Field field{page.canvas, box.middle_x() - 200 * scale, box.middle_y() - 150 * scale, scale};
    const bool reading = hero == Hero::reading;
    draw_reader(page, field, reading);
    if (!reading) draw_waves(page, field);
    draw_card(page, reading ? Card{field, 200, 160, 2.1F, 0} : Card{field, 200, 84, 2.1F, -0.13F});
}

}  // namespace kazashi::view
