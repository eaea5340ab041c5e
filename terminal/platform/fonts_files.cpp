#include "terminal/platform/fonts_files.h"

#include FT_SIZES_H

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

namespace kazashi::platform {
namespace {

using base::Error;
using base::Fault;

constexpr char32_t geta = U'〓';  // what printers set for a letter they do not have

// The face of `family` in a file or collection; null when there is none.
FT_Face open_family(FT_Library library, const std::string& file, std::string_view family) {
    for (FT_Long index = 0, count = 1; index < count; ++index) {
        FT_Face face = nullptr;
        if (FT_New_Face(library, file.c_str(), index, &face) != 0) return nullptr;
        if (face->family_name && family == face->family_name) return face;
        count = face->num_faces;
        FT_Done_Face(face);
    }
    return nullptr;
}

FT_UInt index_of(FT_Face face, view::Letter letter) {
    return letter.variant == 0 ? FT_Get_Char_Index(face, letter.code)
                               : FT_Face_GetCharVariantIndex(face, letter.code, letter.variant);
}

}  // namespace

base::Status FontsFiles::add_sources(const std::filesystem::path& file, const char* family, bool bold) {
    Source source;
    source.file.reset(open_family(library_.get(), file.string(), family));
    if (!source.file) return Error{Fault::not_found, "font not installed"};
    for (std::size_t i = 0; i < view::face_sizes.size(); ++i) {
        if (view::face_bold[i] != bold) continue;
        if (FT_New_Size(source.file.get(), &source.sizes[i]) != 0) return Error{Fault::io, "font size"};
        FT_Activate_Size(source.sizes[i]);
        if (FT_Set_Char_Size(source.file.get(), 0, std::lround(sizes_[i] * 64.0F), 72, 72) != 0)
            return Error{Fault::unsupported, "font cannot be scaled"};
    }
    (bold ? bold_ : regular_).push_back(std::move(source));
    return base::ok();
}

base::Result<FontsFiles> FontsFiles::open(const std::filesystem::path& list, float scale) {
    FontsFiles files;
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return Error{Fault::io, "FreeType does not start"};
    files.library_.reset(library);
    for (std::size_t i = 0; i < view::face_sizes.size(); ++i) files.sizes_[i] = std::round(view::face_sizes[i] * scale);
    try {
        const toml::table table = toml::parse_file(list.string());
        for (const bool bold : {false, true}) {
            const toml::array* fonts = table[bold ? "bold" : "regular"].as_array();
            for (std::size_t i = 0; fonts && i < fonts->size(); ++i) {
                const toml::table* font = fonts->get(i)->as_table();
                if (!font) return Error{Fault::malformed, "fonts list"};
                const std::string file = (*font)["file"].value_or<std::string>("");
                const std::string family = (*font)["family"].value_or<std::string>("");
                if (auto added = files.add_sources(file, family.c_str(), bold);
                    !added && added.fault() != Fault::not_found)
                    return added.error();
            }
        }
    } catch (const toml::parse_error&) {
        return Error{Fault::malformed, "fonts list"};
    }
    if (files.regular_.empty() || files.bold_.empty()) return Error{Fault::not_found, "no Japanese font is installed"};
    files.measure();
    return files;
}

// Noto's own ascent leaves room for letters no Japanese text has; the em box is what a line is built from.
void FontsFiles::measure() {
    for (std::size_t i = 0; i < view::face_sizes.size(); ++i) ascents_[i] = std::round(sizes_[i] * 0.88F);
}

FontsFiles::Found FontsFiles::find(view::Face face, view::Letter letter) const {
    const auto place = static_cast<std::size_t>(face);
    const auto& sources = view::face_bold[place] ? bold_ : regular_;
    const auto found = [&](const Source& source, FT_UInt glyph, bool missing) {
        FT_Activate_Size(source.sizes[place]);
        return Found{source.file.get(), glyph, missing};
    };
    for (const Source& source : sources)
        if (const FT_UInt glyph = index_of(source.file.get(), letter); glyph != 0) return found(source, glyph, false);
    if (letter.variant != 0) return find(face, {letter.code, 0});  // the plain form of the same kanji
    return found(sources.front(), FT_Get_Char_Index(sources.front().file.get(), geta), true);
}

}  // namespace kazashi::platform
