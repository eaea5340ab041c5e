// What every screen is drawn with: text set in lines, boxes, touchable areas. It keeps the record of what was drawn and
// notices what did not fit. Logical pixels everywhere; the scale is applied here and nowhere else.
#pragma once

#include <functional>
#include <string_view>

#include "terminal/view/box.h"
#include "terminal/view/theme.h"
#include "terminal/view/view.h"

struct ImDrawList;
struct ImVec2;

namespace kazashi::view {

enum class Align { left, centre, right };

class Canvas {
public:
    Canvas(const state::State& state, const Context& context);

    const Theme& theme() const { return theme_; }
    Box whole() const { return whole_; }

    // ---- text. Every letter that does not fit its box makes the frame `clipped`.
    static float line_height(Face face);
    float text_width(Face face, std::string_view text);
    float text_height(Face face, std::string_view text, float width);
    // From the top of the box, in as many lines as it takes; returns their height.
    float text(Box box, Face face, Colour colour, std::string_view text, Align align = Align::left);
    // The same, its lines of nearly equal length and the whole in the middle of the box's height.
    void centred(Box box, Face face, Colour colour, std::string_view text);
    // One line or more, in the middle of the box's height.
    void beside(Box box, Face face, Colour colour, std::string_view text, Align align = Align::left);
    // As beside, with the lines close together: for the bar, where a long name has little height.
    void beside_tight(Box box, Face face, Colour colour, std::string_view text);
    // A box was too small for what must stand in it.
    void did_not_fit();

    // ---- shapes
    void fill(Box box, Colour colour, float radius = 0);
    void outline(Box box, Colour colour, float radius = 0, float thickness = 1);
    void line(float x0, float y0, float x1, float y1, Colour colour, float thickness = 1);
    void circle(float x, float y, float radius, Colour colour);
    // From twelve o'clock, clockwise; `share` 0 to 1.
    void ring(float x, float y, float radius, float share, Colour colour, float thickness);
    void arc(float x, float y, float radius, float from, float to, Colour colour, float thickness);
    struct Point {
        float x, y;
    };
    void path(const std::vector<Point>& points, Colour colour, float thickness, bool closed = false);
    void shape(const std::vector<Point>& convex, Colour colour);  // clockwise

    // Draws `content` first, to learn its height, and `ground` underneath it; returns that height.
    float on_ground(const std::function<float()>& content, const std::function<void(float)>& ground);

    // ---- touch
    struct Touch {
        bool pressed{};  // let go inside
        bool held{};
    };
    // The area reaches a little below the box: fingers land low. Recorded as `id`.
    Touch touch(std::string_view id, Box box, bool enabled = true);

    // ---- a part that scrolls under one finger. `draw` gets a box as wide as the view and returns the height it used.
    // Where there is more, a strip of `edge` with an arrow says so.
    void scroll(const char* id, Box view, Pair edge, const std::function<float(Box)>& draw);

private:
    struct Setting;
    Setting set(Face face, std::string_view text, float width);
    void put(const Setting& setting, Box box, Face face, Colour colour, Align align);
    float line_step(Face face) const;
    void put_line(const Setting& setting, std::size_t line, float x, float y, Face face, Colour colour);
    bool in_view(float y, float height) const;
    float px(float logical) const;
    ImVec2 at(float x, float y) const;
    void say_more(Box strip, Pair edge, bool down);

    const Context& context_;
    const Theme& theme_;
    Box whole_;
    ImDrawList* list_{};
    float origin_x_{}, origin_y_{};  // pixels: where the logical 0, 0 lies
    bool scrolling_{false};
    bool tight_{false};
};

}  // namespace kazashi::view
