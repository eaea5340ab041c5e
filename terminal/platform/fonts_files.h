// The font files of assets/fonts.toml, opened with FreeType (which maps them: only what is read becomes resident).
#pragma once

#include <ft2build.h>
#include FT_FREETYPE_H

#include <array>
#include <filesystem>
#include <memory>
#include <vector>

#include "cardio/base/result.h"
#include "terminal/view/type.h"

namespace kazashi::platform {

class FontsFiles {
public:
    // not_found: no regular or no bold file is installed; malformed: the list itself.
    static base::Result<FontsFiles> open(const std::filesystem::path& list, float scale);

    struct Found {
        FT_Face face{};      // set to the size of the asked-for Face
        FT_UInt glyph{};
        bool missing{false};  // no file has the letter; `glyph` is 〓
    };
    Found find(view::Face face, view::Letter letter) const;

    float size(view::Face face) const { return sizes_[static_cast<std::size_t>(face)]; }
    float ascent(view::Face face) const { return ascents_[static_cast<std::size_t>(face)]; }

private:
    struct CloseLibrary {
        void operator()(FT_Library library) const { FT_Done_FreeType(library); }
    };
    struct CloseFace {
        void operator()(FT_Face face) const { FT_Done_Face(face); }
    };
    using Library = std::unique_ptr<std::remove_pointer_t<FT_Library>, CloseLibrary>;
    using File = std::unique_ptr<std::remove_pointer_t<FT_Face>, CloseFace>;
    // One file with an FT_Size for every Face of its weight.
    struct Source {
        File file;
        std::array<FT_Size, view::face_sizes.size()> sizes{};
    };
    base::Status add_sources(const std::filesystem::path& file, const char* family, bool bold);
    void measure();

    Library library_;  // closes its faces, so it is declared before and dies after them
    std::vector<Source> regular_;
    std::vector<Source> bold_;
    std::array<float, view::face_sizes.size()> sizes_{};
    std::array<float, view::face_sizes.size()> ascents_{};
};

}  // namespace kazashi::platform
