#include "terminal/platform/fonts.h"

#include <ft2build.h>
#include <imgui.h>

#include FT_ADVANCES_H

#include <chrono>
#include <cmath>
#include <unordered_map>

#include "terminal/platform/fonts_files.h"
#include "terminal/platform/fonts_page.h"

namespace kazashi::platform {
namespace {

// One page holds about 1,500 letters of body size at its scale; a full summary shows 400 different ones.
constexpr int page_width = 1024;
constexpr int page_height = 1024;
constexpr int atlas_margin = 8;  // ImGui's packer keeps some columns for itself

// Light hinting keeps strokes on whole rows and leaves the widths alone.
constexpr FT_Int32 load_flags = FT_LOAD_TARGET_LIGHT;

std::uint64_t key_of(view::Face face, view::Letter letter) {
    return static_cast<std::uint64_t>(face) << 48U | static_cast<std::uint64_t>(letter.code) << 24U |
           static_cast<std::uint64_t>(letter.variant & 0xffffffU);
}

struct PageSize {
    int width, height;
};
PageSize page_size(float scale) {
    if (scale <= 1.05F) return {page_width, page_height};
    if (scale <= 1.45F) return {2 * page_width, page_height};
    return {2 * page_width, 2 * page_height};
}

}  // namespace

struct Fonts::Parts {
    FontsFiles files;
    float scale{};
    ImFontAtlas* atlas{};
    std::optional<FontsPage> page;
    std::unordered_map<std::uint64_t, view::Glyph> glyphs;
    std::unordered_map<std::uint64_t, float> advances;
    bool overflowed{false};
    int missing{0};
    double made_ms{0};

    float advance(view::Face face, view::Letter letter);
    view::Glyph make(view::Face face, view::Letter letter);
};

float Fonts::Parts::advance(view::Face face, view::Letter letter) {
    const auto [known, fresh] = advances.try_emplace(key_of(face, letter), 0.0F);
    if (fresh) {
        const auto found = files.find(face, letter);
        FT_Fixed advance16 = 0;
        if (FT_Get_Advance(found.face, found.glyph, FT_LOAD_NO_HINTING, &advance16) == 0)
            known->second = std::round(static_cast<float>(advance16) / 1024.0F) / 64.0F;  // FreeType's own grid
        missing += found.missing ? 1 : 0;
    }
    return known->second;
}

view::Glyph Fonts::Parts::make(view::Face face, view::Letter letter) {
    view::Glyph glyph{.advance = advance(face, letter)};
    const auto found = files.find(face, letter);
    if (FT_Load_Glyph(found.face, found.glyph, load_flags | FT_LOAD_RENDER) != 0) return glyph;
    const FT_GlyphSlot slot = found.face->glyph;
    const int width = static_cast<int>(slot->bitmap.width);
    const int height = static_cast<int>(slot->bitmap.rows);
    if (width == 0 || height == 0) return glyph;
    const auto place = page->put(slot->bitmap.buffer, slot->bitmap.pitch, width, height);
    if (!place) {
        overflowed = true;
        return glyph;
    }
    glyph.x0 = static_cast<float>(slot->bitmap_left);
    glyph.y0 = static_cast<float>(-slot->bitmap_top);
    glyph.x1 = glyph.x0 + static_cast<float>(width);
    glyph.y1 = glyph.y0 + static_cast<float>(height);
    glyph.u0 = static_cast<float>(place->x) * atlas->TexUvScale.x;
    glyph.v0 = static_cast<float>(place->y) * atlas->TexUvScale.y;
    glyph.u1 = static_cast<float>(place->x + width) * atlas->TexUvScale.x;
    glyph.v1 = static_cast<float>(place->y + height) * atlas->TexUvScale.y;
    return glyph;
}

Fonts::Fonts(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Fonts::~Fonts() = default;

base::Result<std::unique_ptr<Fonts>> Fonts::open(const std::filesystem::path& list, float scale) {
    KAZASHI_TRY(auto files, FontsFiles::open(list, scale));
    auto parts = std::make_unique<Parts>();
    parts->files = std::move(files);
    parts->scale = scale;
    return std::unique_ptr<Fonts>{new Fonts{std::move(parts)}};
}

void Fonts::attach(ImFontAtlas& atlas) {
    const PageSize size = page_size(parts_->scale);
    // ImGui wants a font of its own; it draws none of our text, so one blank is enough.
    static const ImWchar only_blank[] = {0x20, 0x20, 0};
    ImFontConfig config;
    config.GlyphRanges = only_blank;
    config.SizePixels = 13.0F;
    atlas.Clear();
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoPowerOfTwoHeight;
    atlas.TexDesiredWidth = size.width;
    atlas.AddFontDefault(&config);
    const int rectangle = atlas.AddCustomRectRegular(size.width - atlas_margin, size.height);
    atlas.Build();
    const ImFontAtlasCustomRect* ours = atlas.GetCustomRectByIndex(rectangle);
    parts_->atlas = &atlas;
    parts_->page.emplace(atlas.TexPixelsAlpha8, atlas.TexWidth,
                         FontsPage::Area{ours->X, ours->Y, ours->Width, ours->Height});
    parts_->glyphs.clear();
}

Fonts::Atlas Fonts::atlas() const {
    return {parts_->atlas->TexPixelsAlpha8, parts_->atlas->TexWidth, parts_->atlas->TexHeight};
}

std::optional<Fonts::Rows> Fonts::take_dirty() { return parts_->page->take_dirty(); }

bool Fonts::settle() {
    if (!parts_->overflowed) return true;
    forget();
    return false;
}

void Fonts::forget() {
    parts_->overflowed = false;
    parts_->glyphs.clear();
    parts_->page->clear();
}

Fonts::Counts Fonts::counts() const {
    return {static_cast<int>(parts_->glyphs.size()), parts_->missing, parts_->page->used(), parts_->made_ms};
}

float Fonts::size(view::Face face) const { return parts_->files.size(face); }
float Fonts::ascent(view::Face face) const { return parts_->files.ascent(face); }
float Fonts::advance(view::Face face, view::Letter letter) { return parts_->advance(face, letter); }

view::Glyph Fonts::glyph(view::Face face, view::Letter letter) {
    const std::uint64_t key = key_of(face, letter);
    if (const auto known = parts_->glyphs.find(key); known != parts_->glyphs.end()) return known->second;
    const auto start = std::chrono::steady_clock::now();
    const view::Glyph glyph = parts_->make(face, letter);
    parts_->made_ms += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (!parts_->overflowed) parts_->glyphs.emplace(key, glyph);
    return glyph;
}

}  // namespace kazashi::platform
