// Noto Sans CJK through FreeType: each glyph is rasterised when it is first drawn, into one page inside ImGui's atlas.
// Nothing is loaded before it is needed, so the first frame costs its own sixty letters and no more.
//
//   once    Fonts::open → attach(*ImGui::GetIO().Fonts) → the app uploads atlas(): one byte per pixel, coverage
//           (GL_R8 with the swizzle ONE ONE ONE RED; then io.Fonts->SetTexID)
//   frame   do { NewFrame; view::draw; Render; } while (!fonts.settle());  upload take_dirty();  RenderDrawData
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "cardio/base/result.h"
#include "terminal/view/type.h"

struct ImFontAtlas;

namespace kazashi::platform {

class Fonts final : public view::Type {
public:
    // `list` is assets/fonts.toml. not_found: none of the files it names is installed.
    static base::Result<std::unique_ptr<Fonts>> open(const std::filesystem::path& list, float scale);
    ~Fonts() override;

    // Builds `atlas` with ImGui's own small pictures and our page. Before the first NewFrame; `atlas` outlives us.
    void attach(ImFontAtlas& atlas);

    struct Atlas {
        const std::uint8_t* coverage{};
        int width{}, height{};
    };
    Atlas atlas() const;
    struct Rows {
        int first{}, count{};  // whole rows of the atlas: they lie together in memory
    };
    std::optional<Rows> take_dirty();  // what was drawn since the last time

    // False: the page had no room for this frame. It is empty now: draw the frame again.
    bool settle();
    // Empties the page, so that nothing of a summary stays in it. The next frame fills it again.
    void forget();

    struct Counts {
        int glyphs{};           // on the page now
        int missing{};          // letters no font had since the start: drawn as 〓, never as a box
        double page_used{};     // 0 to 1
        double made_ms{};       // time spent rasterising since the start
    };
    Counts counts() const;

    float size(view::Face face) const override;
    float ascent(view::Face face) const override;
    float advance(view::Face face, view::Letter letter) override;
    view::Glyph glyph(view::Face face, view::Letter letter) override;

private:
    struct Parts;
    explicit Fonts(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::platform
