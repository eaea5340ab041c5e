// The page of the atlas where glyphs lie, filled shelf by shelf from the top.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "terminal/platform/fonts.h"

namespace kazashi::platform {

class FontsPage {
public:
    struct Area {
        int x{}, y{}, width{}, height{};
    };
    // `coverage` is the whole atlas, `pitch` its width; `area` the part of it that is ours.
    FontsPage(std::uint8_t* coverage, int pitch, Area area) : coverage_{coverage}, pitch_{pitch}, area_{area} {}

    struct Place {
        int x{}, y{};
    };
    // Copies a picture in; nullopt: no room left.
    std::optional<Place> put(const std::uint8_t* picture, int picture_pitch, int width, int height);
    void clear();
    std::optional<Fonts::Rows> take_dirty();
    double used() const { return static_cast<double>(below_) / area_.height; }

private:
    struct Shelf {
        int y{}, height{}, x{};
    };
    Shelf* shelf_for(int width, int height);
    void touch(int first, int count);

    std::uint8_t* coverage_;
    int pitch_;
    Area area_;
    std::vector<Shelf> shelves_;
    int below_{0};  // height of all shelves
    std::optional<Fonts::Rows> dirty_;
};

}  // namespace kazashi::platform
