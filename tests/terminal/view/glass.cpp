#include "tests/terminal/view/glass.h"

#include <imgui.h>
#include <png.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "terminal/view/theme.h"

namespace kazashi::test {

std::filesystem::path assets() { return std::filesystem::path{KAZASHI_SOURCE} / "assets"; }

const view::Strings& strings() {
    static const view::Strings loaded = [] {
        auto strings = view::Strings::load(assets());
        if (!strings) std::abort();
        return std::move(*strings);
    }();
    return loaded;
}

namespace {

// Debian 12 has Dear ImGui 1.86, which takes the finger as it is; 1.87 and later want events.
void finger(float x, float y, bool down, float wheel = 0) {
    ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
    io.AddMousePosEvent(x, y);
    io.AddMouseButtonEvent(0, down);
    if (wheel != 0) io.AddMouseWheelEvent(0, wheel);
#else
    io.MousePos = {x, y};
    io.MouseDown[0] = down;
    io.MouseWheel = wheel;
#endif
}

}  // namespace

Glass::Glass(Size size)
    : size_{size}, scale_{view::fitting_scale(size.width, size.height)}, context_{ImGui::CreateContext()} {
    ImGui::SetCurrentContext(context_);
    auto fonts = platform::Fonts::open(assets() / "fonts.toml", scale_);
    if (!fonts) std::abort();
    fonts_ = std::move(*fonts);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {size.width, size.height};
    fonts_->attach(*io.Fonts);
}

Glass::~Glass() { ImGui::DestroyContext(context_); }

std::vector<state::Intent> Glass::frame(const state::State& state) {
    std::vector<state::Intent> intents;
    ImGui::SetCurrentContext(context_);
    theme_ = state.theme;
    do {
        drawn_ = {};
        ImGui::GetIO().DeltaTime = 1.0F / 60;
        ImGui::NewFrame();
        for (auto& intent : view::draw(state, {fonts_.get(), &strings(), scale_, &drawn_}))
            intents.push_back(std::move(intent));
        ImGui::Render();
    } while (!fonts_->settle());
    return intents;
}

std::vector<state::Intent> Glass::draw(const state::State& state) {
    ImGui::SetCurrentContext(context_);
    finger(-1, -1, false);
    return frame(state);
}

const view::Drawn::Item* Glass::item(std::string_view id) const {
    const auto found = std::ranges::find(drawn_.items, id, &view::Drawn::Item::id);
    return found == drawn_.items.end() ? nullptr : &*found;
}

bool Glass::reads(std::string_view part) const {
    return std::ranges::any_of(drawn_.texts,
                               [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

std::vector<state::Intent> Glass::hold_at(const state::State& state, float x, float y) {
    ImGui::SetCurrentContext(context_);
    std::vector<state::Intent> all;
    for (const bool down : {false, true, false, false}) {
        finger(x, y, down);
        for (auto& intent : frame(state)) all.push_back(std::move(intent));
    }
    return all;
}

std::vector<state::Intent> Glass::press_at(const state::State& state, float x, float y) {
    auto all = hold_at(state, x, y);
    std::erase_if(all, [](const auto& intent) { return std::holds_alternative<state::Touched>(intent); });
    return all;
}

std::vector<state::Intent> Glass::press(const state::State& state, std::string_view id) {
    draw(state);
    const auto* target = item(id);
    if (!target) return {};
    return press_at(state, target->x + target->width / 2, target->y + target->height / 2);
}

void Glass::scroll_down(const state::State& state, float x, float y, float clicks) {
    draw(state);
    finger(x * scale_, y * scale_, false);
    frame(state);
    finger(x * scale_, y * scale_, false, -clicks);
    frame(state);
    frame(state);
}

// ---- picture

namespace {

struct Picture {
    int width, height;
    std::vector<float> rgb;

    void blend(int x, int y, const float* colour, float alpha) {
        float* at = &rgb[static_cast<std::size_t>(y * width + x) * 3];
        for (int c = 0; c < 3; ++c) at[c] = at[c] * (1 - alpha) + colour[c] * alpha;
    }
};

float texel(const platform::Fonts::Atlas& atlas, int x, int y) {
    x = std::clamp(x, 0, atlas.width - 1);
    y = std::clamp(y, 0, atlas.height - 1);
    return static_cast<float>(atlas.coverage[y * atlas.width + x]) / 255;
}

// Bilinear, as the graphics card does it.
float sample(const platform::Fonts::Atlas& atlas, float u, float v) {
    const float x = u * static_cast<float>(atlas.width) - 0.5F, y = v * static_cast<float>(atlas.height) - 0.5F;
    const int x0 = static_cast<int>(std::floor(x)), y0 = static_cast<int>(std::floor(y));
    const float fx = x - std::floor(x), fy = y - std::floor(y);
    const float above = texel(atlas, x0, y0) * (1 - fx) + texel(atlas, x0 + 1, y0) * fx;
    const float below = texel(atlas, x0, y0 + 1) * (1 - fx) + texel(atlas, x0 + 1, y0 + 1) * fx;
    return above * (1 - fy) + below * fy;
}

float edge(ImVec2 a, ImVec2 b, float x, float y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); }

// Top-left rule, so that two triangles that share an edge do not both paint it.
bool inside(float w, ImVec2 a, ImVec2 b) { return w > 0 || (w == 0 && (b.y < a.y || (a.y == b.y && b.x > a.x))); }

void triangle(Picture& picture, const platform::Fonts::Atlas& atlas, const ImDrawVert* v[3], const ImVec4& clip) {
    const ImDrawVert *a = v[0], *b = v[1], *c = v[2];
    float area = edge(a->pos, b->pos, c->pos.x, c->pos.y);
    if (area == 0) return;
    if (area < 0) {
        std::swap(b, c);
        area = -area;
    }
    const auto low = [](float p, float q, float r, float limit) {
        return static_cast<int>(std::floor(std::max(limit, std::min({p, q, r}))));
    };
    const auto high = [](float p, float q, float r, float limit) {
        return static_cast<int>(std::ceil(std::min(limit, std::max({p, q, r}))));
    };
    const int x0 = low(a->pos.x, b->pos.x, c->pos.x, std::max(0.0F, clip.x));
    const int x1 = high(a->pos.x, b->pos.x, c->pos.x, std::min(static_cast<float>(picture.width), clip.z));
    const int y0 = low(a->pos.y, b->pos.y, c->pos.y, std::max(0.0F, clip.y));
    const int y1 = high(a->pos.y, b->pos.y, c->pos.y, std::min(static_cast<float>(picture.height), clip.w));
    for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x) {
            const float px = static_cast<float>(x) + 0.5F, py = static_cast<float>(y) + 0.5F;
            const float wa = edge(b->pos, c->pos, px, py), wb = edge(c->pos, a->pos, px, py),
                        wc = edge(a->pos, b->pos, px, py);
            if (!inside(wa, b->pos, c->pos) || !inside(wb, c->pos, a->pos) || !inside(wc, a->pos, b->pos)) continue;
            const auto mix = [&](float p, float q, float r) { return (p * wa + q * wb + r * wc) / area; };
            const float cover = sample(atlas, mix(a->uv.x, b->uv.x, c->uv.x), mix(a->uv.y, b->uv.y, c->uv.y));
            const auto channel = [&](int shift) {
                const auto part = [&](ImU32 colour) { return static_cast<float>(colour >> shift & 0xffU) / 255; };
                return mix(part(a->col), part(b->col), part(c->col));
            };
            const float colour[3] = {channel(0), channel(8), channel(16)};
            picture.blend(x, y, colour, cover * channel(24));
        }
    }
}

void paint(Picture& picture, const platform::Fonts::Atlas& atlas, const ImDrawList& list) {
    for (const ImDrawCmd& command : list.CmdBuffer) {
        for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
            const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset + i;
            const ImDrawVert* corners[3];
            for (int k = 0; k < 3; ++k) corners[k] = list.VtxBuffer.Data + command.VtxOffset + index[k];
            triangle(picture, atlas, corners, command.ClipRect);
        }
    }
}

}  // namespace

void Glass::write_png(const std::filesystem::path& file) const {
    Picture picture{static_cast<int>(size_.width), static_cast<int>(size_.height), {}};
    const view::Colour ground = view::theme_of(theme_).page.ground;
    for (int i = 0; i < picture.width * picture.height; ++i)
        for (const std::uint8_t channel : {ground.red, ground.green, ground.blue})
            picture.rgb.push_back(static_cast<float>(channel) / 255);
    ImGui::SetCurrentContext(context_);
    const ImDrawData* data = ImGui::GetDrawData();
    for (int i = 0; i < data->CmdListsCount; ++i) paint(picture, fonts_->atlas(), *data->CmdLists[i]);
    std::vector<std::uint8_t> bytes(picture.rgb.size());
    std::ranges::transform(picture.rgb, bytes.begin(),
                           [](float part) { return static_cast<std::uint8_t>(std::lround(part * 255)); });
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGB;
    png_image_write_to_file(&image, file.c_str(), 0, bytes.data(), 0, nullptr);
}

}  // namespace kazashi::test
