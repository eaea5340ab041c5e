#include "terminal/view/canvas.h"

#include <imgui.h>

#include <cmath>
#include <numbers>
#include <string>

#include "terminal/view/lines.h"

namespace kazashi::view {
namespace {

constexpr float leading = 1.45F;  // line height, of the size (screens.md)
constexpr float tight_leading = 1.2F;
constexpr float more_strip = 32;
constexpr float reach_below = 8;      // how far a touch area reaches under what is drawn
constexpr float fits_within = 0.75F;  // logical pixels that rounding may cost

ImU32 ink(Colour colour, int alpha = 255) { return IM_COL32(colour.red, colour.green, colour.blue, alpha); }

}  // namespace

struct Canvas::Setting {
    std::vector<Letter> letters;
    std::vector<Line> lines;
    float height{};  // logical
    float widest{};  // logical
};

Canvas::Canvas(const state::State& state, const Context& context)
    : context_{context}, theme_{theme_of(state.theme)}, list_{ImGui::GetWindowDrawList()} {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    whole_ = {0, 0, size.x / context.scale, size.y / context.scale};
}

float Canvas::px(float logical) const { return std::round(logical * context_.scale); }
ImVec2 Canvas::at(float x, float y) const { return {origin_x_ + px(x), origin_y_ + px(y)}; }

void Canvas::did_not_fit() {
    if (context_.drawn) context_.drawn->clipped = true;
}

// ---- text

float Canvas::line_step(Face face) const {
    return tight_ ? std::round(face_sizes[static_cast<std::size_t>(face)] * tight_leading) : line_height(face);
}
float Canvas::line_height(Face face) { return std::round(face_sizes[static_cast<std::size_t>(face)] * leading); }

Canvas::Setting Canvas::set(Face face, std::string_view text, float width) {
    Setting setting;
    setting.letters = letters_of(text);
    setting.lines = break_lines(*context_.type, face, setting.letters, width * context_.scale);
    setting.height = static_cast<float>(setting.lines.size()) * line_step(face);
    for (const Line& line : setting.lines) setting.widest = std::max(setting.widest, line.width / context_.scale);
    return setting;
}

float Canvas::text_width(Face face, std::string_view text) { return std::ceil(set(face, text, 1e6F).widest); }

float Canvas::text_height(Face face, std::string_view text, float width) { return set(face, text, width).height; }

bool Canvas::in_view(float y, float height) const {
    const ImVec2 top = list_->GetClipRectMin(), bottom = list_->GetClipRectMax();
    const float top_px = origin_y_ + px(y);
    return top_px < bottom.y && top_px + px(height) > top.y;
}

void Canvas::put_line(const Setting& setting, std::size_t index, float x, float y, Face face, Colour colour) {
    const Line& line = setting.lines[index];
    const float rest = px(line_step(face)) - context_.type->size(face);
    const float base = origin_y_ + px(y) + std::round(rest / 2) + context_.type->ascent(face);
    float pen = origin_x_ + x * context_.scale;
    const ImU32 tint = ink(colour);
    for (std::size_t i = line.begin; i < line.end; ++i) {
        if (setting.letters[i].code == U'\u200B') continue;
        const Glyph glyph = context_.type->glyph(face, setting.letters[i]);
        if (glyph.u0 != glyph.u1) {
            const float left = std::round(pen);
            list_->PrimReserve(6, 4);
            list_->PrimRectUV({left + glyph.x0, base + glyph.y0}, {left + glyph.x1, base + glyph.y1},
                              {glyph.u0, glyph.v0}, {glyph.u1, glyph.v1}, tint);
        }
        pen += glyph.advance;
    }
}

void Canvas::put(const Setting& setting, Box box, Face face, Colour colour, Align align) {
    const Box& page = whole_;
    const bool outside = !scrolling_ && (box.x < -fits_within || box.y < -fits_within ||
                                         box.x + setting.widest > page.width + fits_within ||
                                         box.y + setting.height > page.height + fits_within);
    if (setting.widest > box.width + fits_within || setting.height > box.height + fits_within || outside) did_not_fit();
    float y = box.y;
    for (std::size_t i = 0; i < setting.lines.size(); ++i, y += line_step(face)) {
        if (!in_view(y, line_step(face))) continue;
        const float rest = box.width - setting.lines[i].width / context_.scale;
        const float shift = align == Align::left ? 0 : align == Align::centre ? rest / 2 : rest;
        put_line(setting, i, box.x + shift, y, face, colour);
    }
}

namespace {
std::string readable(std::string_view text) {
    std::string plain{text};
    for (std::size_t mark = 0; (mark = plain.find("\u200B", mark)) != std::string::npos;) plain.erase(mark, 3);
    return plain;
}
}  // namespace

float Canvas::text(Box box, Face face, Colour colour, std::string_view text, Align align) {
    if (text.empty()) return 0;
    const Setting setting = set(face, text, box.width);
    if (context_.drawn) context_.drawn->texts.push_back(readable(text));
    put(setting, box, face, colour, align);
    return setting.height;
}

void Canvas::beside(Box box, Face face, Colour colour, std::string_view what, Align align) {
    const float height = text_height(face, what, box.width);
    if (height > box.height + fits_within) did_not_fit();
    text({box.x, box.middle_y() - height / 2, box.width, height}, face, colour, what, align);
}

void Canvas::beside_tight(Box box, Face face, Colour colour, std::string_view what) {
    tight_ = true;
    beside(box, face, colour, what);
    tight_ = false;
}

void Canvas::centred(Box box, Face face, Colour colour, std::string_view what) {
    const float height = text_height(face, what, box.width);
    if (height > box.height + fits_within) did_not_fit();
    float width = box.width;  // the narrowest that needs no further line: its lines are of nearly equal length
    for (float narrower = width - unit; narrower > unit; narrower -= unit) {
        const Setting setting = set(face, what, narrower);
        if (setting.height > height || setting.widest > narrower) break;
        width = narrower;
    }
    text({box.middle_x() - width / 2, box.middle_y() - height / 2, width, height}, face, colour, what, Align::centre);
}

// ---- shapes

void Canvas::fill(Box box, Colour colour, float radius) {
    list_->AddRectFilled(at(box.x, box.y), at(box.right(), box.bottom()), ink(colour), px(radius));
}
void Canvas::outline(Box box, Colour colour, float radius, float thickness) {
    list_->AddRect(at(box.x, box.y), at(box.right(), box.bottom()), ink(colour), px(radius), 0,
                   std::max(1.0F, px(thickness)));
}
void Canvas::line(float x0, float y0, float x1, float y1, Colour colour, float thickness) {
    list_->AddLine(at(x0, y0), at(x1, y1), ink(colour), std::max(1.0F, px(thickness)));
}
void Canvas::circle(float x, float y, float radius, Colour colour) {
    list_->AddCircleFilled(at(x, y), px(radius), ink(colour));
}
void Canvas::arc(float x, float y, float radius, float from, float to, Colour colour, float thickness) {
    list_->PathClear();
    list_->PathArcTo(at(x, y), px(radius), from, to, 48);
    list_->PathStroke(ink(colour), 0, px(thickness));
}
void Canvas::ring(float x, float y, float radius, float share, Colour colour, float thickness) {
    constexpr float top = -std::numbers::pi_v<float> / 2;
    arc(x, y, radius, 0, 2 * std::numbers::pi_v<float>, theme_.line, thickness);
    if (share > 0)
        arc(x, y, radius, top, top + std::min(share, 1.0F) * 2 * std::numbers::pi_v<float>, colour, thickness);
}
void Canvas::path(const std::vector<Point>& points, Colour colour, float thickness, bool closed) {
    list_->PathClear();
    for (const Point& point : points) list_->PathLineTo(at(point.x, point.y));
    list_->PathStroke(ink(colour), closed ? ImDrawFlags_Closed : ImDrawFlags_None, px(thickness));
}
void Canvas::shape(const std::vector<Point>& convex, Colour colour) {
    list_->PathClear();
    for (const Point& point : convex) list_->PathLineTo(at(point.x, point.y));
    list_->PathFillConvex(ink(colour));
}

float Canvas::on_ground(const std::function<float()>& content, const std::function<void(float)>& ground) {
    list_->ChannelsSplit(2);
    list_->ChannelsSetCurrent(1);
    const float height = content();
    list_->ChannelsSetCurrent(0);
    ground(height);
    list_->ChannelsMerge();
    return height;
}

// ---- touch

Canvas::Touch Canvas::touch(std::string_view id, Box box, bool enabled) {
    const std::string name{id};
    if (!scrolling_ && (box.x < 0 || box.y < 0 || box.right() > whole_.width || box.bottom() > whole_.height))
        did_not_fit();
    if (!in_view(box.y, box.height)) return {};
    ImGui::SetCursorScreenPos(at(box.x, box.y));
    const bool pressed = ImGui::InvisibleButton(name.c_str(), {px(box.width), px(box.height + reach_below)});
    const bool held = ImGui::IsItemActive();
    if (context_.drawn) {
        const ImVec2 corner = at(box.x, box.y), low = list_->GetClipRectMin(), high = list_->GetClipRectMax();
        const float y0 = std::max(corner.y, low.y), y1 = std::min(corner.y + px(box.height), high.y);
        context_.drawn->items.push_back({name, corner.x, y0, px(box.width), y1 - y0, enabled});
    }
    return {pressed && enabled, held && enabled};
}

// ---- scrolling

void Canvas::scroll(const char* id, Box view, Pair edge, const std::function<float(Box)>& draw) {
    constexpr auto flags = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav |
                           ImGuiWindowFlags_NoSavedSettings;
    ImGui::SetCursorScreenPos(at(view.x, view.y));
    ImGui::BeginChild(id, {px(view.width), px(view.height)}, false, flags);
    const bool appearing = ImGui::IsWindowAppearing();
    if (appearing) ImGui::SetScrollY(0);
    const float scrolled = appearing ? 0 : ImGui::GetScrollY();
    ImDrawList* outer = std::exchange(list_, ImGui::GetWindowDrawList());
    const auto [outer_x, outer_y] = std::pair{origin_x_, origin_y_};
    const ImVec2 corner = at(view.x, view.y);
    origin_x_ = corner.x;
    origin_y_ = corner.y - scrolled;
    scrolling_ = true;
    float height = draw({0, 0, view.width, 0});
    if (height > view.height) height += more_strip;  // so that the last line comes out from under the strip
    ImGui::SetCursorScreenPos(at(0, 0));
    ImGui::Dummy({px(view.width), px(height)});
    scrolling_ = false;
    origin_x_ = outer_x;
    origin_y_ = outer_y;
    list_ = ImGui::GetForegroundDrawList();  // over the child, which is drawn after its parent
    Box strips = view;
    if (scrolled > 1) say_more(strips.take_top(more_strip), edge, false);
    if (scrolled + px(view.height) < px(height) - 1) say_more(strips.take_bottom(more_strip), edge, true);
    list_ = outer;
    ImGui::EndChild();
}

// Nothing hides without a sign.
void Canvas::say_more(Box strip, Pair edge, bool down) {
    const float x = strip.middle_x(), y = strip.middle_y(), tip = down ? 5.0F : -5.0F;
    const float border = down ? strip.y : strip.bottom();
    fill(strip, edge.ground);
    line(strip.x, border, strip.right(), border, mixed(edge.ground, edge.ink, 35));
    path({{x - 14, y - tip}, {x, y + tip}, {x + 14, y - tip}}, edge.ink, 4);
}

}  // namespace kazashi::view
