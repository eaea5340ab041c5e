// What a person would see: the pixels of the whole X screen, and what the checks ask of them.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "tests/e2e/story/x_display.h"

namespace kazashi::story {

using Rgb = std::array<std::uint8_t, 3>;

struct Screenshot {
    int width{};
    int height{};
    std::vector<std::uint8_t> rgb;  // rows from the top, three octets a pixel

    Rgb at(int x, int y) const;
};

base::Result<Screenshot> take_screenshot(Display* display);
base::Status write_png(const Screenshot& image, const std::filesystem::path& file);

// Share of pixels that differ visibly, 0 to 1; 1 when the sizes differ.
double difference(const Screenshot& a, const Screenshot& b);
// Pixels of this colour in the rectangle, a step of rounding aside.
int pixels_of(const Screenshot& image, const Rect& where, Rgb colour);

}  // namespace kazashi::story
