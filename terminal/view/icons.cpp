#include "terminal/view/icons.h"

#include <numbers>

namespace kazashi::view {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

// Coordinates of an icon: -1 to 1 in both directions.
struct Stroke {
    Canvas& canvas;
    float x, y, half, thickness;
    Colour colour;

    void lines(std::vector<Canvas::Point> points, bool closed = false) const {
        for (auto& point : points) point = {x + point.x * half, y + point.y * half};
        canvas.path(points, colour, thickness, closed);
    }
    void round(float cx, float cy, float radius, float from = 0, float to = 2 * pi) const {
        canvas.arc(x + cx * half, y + cy * half, radius * half, from, to, colour, thickness);
    }
    void dot(float cx, float cy, float radius) const {
        canvas.circle(x + cx * half, y + cy * half, radius * half, colour);
    }
    void frame(float x0, float y0, float x1, float y1) const {
        canvas.outline({x + x0 * half, y + y0 * half, (x1 - x0) * half, (y1 - y0) * half}, colour, half * 0.25F,
                       thickness);
    }
};

void warning(const Stroke& stroke) {
    stroke.lines({{0, -0.85F}, {0.95F, 0.8F}, {-0.95F, 0.8F}}, true);
    stroke.lines({{0, -0.25F}, {0, 0.25F}});
    stroke.dot(0, 0.52F, 0.12F);
}
void info(const Stroke& stroke) {
    stroke.round(0, 0, 0.9F);
    stroke.lines({{0, -0.05F}, {0, 0.45F}});
    stroke.dot(0, -0.42F, 0.13F);
}
void offline(const Stroke& stroke) {
    stroke.round(0, 0.55F, 0.95F, pi * 1.25F, pi * 1.75F);
    stroke.round(0, 0.55F, 0.5F, pi * 1.25F, pi * 1.75F);
    stroke.dot(0, 0.6F, 0.14F);
    stroke.lines({{-0.8F, -0.8F}, {0.8F, 0.8F}});
}
void waiting(const Stroke& stroke) {
    stroke.round(0, 0, 0.9F);
    stroke.lines({{0, -0.5F}, {0, 0.05F}, {0.4F, 0.3F}});
}
// A flat box with waves over it.
void reader(const Stroke& stroke) {
    stroke.frame(-0.95F, 0.35F, 0.95F, 0.9F);
    stroke.round(0, 0.3F, 0.45F, pi * 1.25F, pi * 1.75F);
    stroke.round(0, 0.3F, 0.95F, pi * 1.25F, pi * 1.75F);
}
void person(const Stroke& stroke) {
    stroke.round(0, -0.4F, 0.42F);
    stroke.round(0, 0.95F, 0.8F, pi * 1.08F, pi * 1.92F);
}
void people(const Stroke& stroke) {
    stroke.round(-0.35F, -0.35F, 0.34F);
    stroke.round(-0.35F, 0.85F, 0.62F, pi, pi * 2);
    stroke.round(0.45F, -0.35F, 0.28F, pi * 1.4F, pi * 2.6F);
    stroke.round(0.45F, 0.85F, 0.5F, pi * 1.5F, pi * 2);
}

void lock(const Stroke& stroke) {
    stroke.frame(-0.7F, -0.1F, 0.7F, 0.9F);
    stroke.round(0, -0.15F, 0.48F, pi, 2 * pi);
    stroke.dot(0, 0.4F, 0.13F);
}
// A door, and the way out of it.
void leave(const Stroke& stroke) {
    stroke.lines({{0.1F, -0.85F}, {-0.75F, -0.85F}, {-0.75F, 0.85F}, {0.1F, 0.85F}});
    stroke.lines({{-0.25F, 0}, {0.9F, 0}});
    stroke.lines({{0.5F, -0.4F}, {0.9F, 0}, {0.5F, 0.4F}});
}

}  // namespace

void draw_icon(Canvas& canvas, Icon icon, float x, float y, float size, Colour colour) {
    const Stroke stroke{canvas, x, y, size / 2, std::max(1.5F, size / 10), colour};
    switch (icon) {
        case Icon::none:
            return;
        case Icon::check:
            return stroke.lines({{-0.8F, 0.05F}, {-0.25F, 0.6F}, {0.8F, -0.55F}});
        case Icon::cross:
            stroke.lines({{-0.65F, -0.65F}, {0.65F, 0.65F}});
            return stroke.lines({{-0.65F, 0.65F}, {0.65F, -0.65F}});
        case Icon::warning:
            return warning(stroke);
        case Icon::info:
            return info(stroke);
        case Icon::offline:
            return offline(stroke);
        case Icon::waiting:
            return waiting(stroke);
        case Icon::card:
            stroke.frame(-0.95F, -0.65F, 0.95F, 0.65F);
            return stroke.lines({{-0.95F, -0.2F}, {0.95F, -0.2F}});
        case Icon::reader:
            return reader(stroke);
        case Icon::person:
            return person(stroke);
        case Icon::people:
            return people(stroke);
        case Icon::lock:
            return lock(stroke);
        case Icon::leave:
            return leave(stroke);
        case Icon::back:
            return stroke.lines({{0.35F, -0.75F}, {-0.4F, 0}, {0.35F, 0.75F}});
    }
}

}  // namespace kazashi::view
