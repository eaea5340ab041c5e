#include "tests/e2e/story/screenshot.h"

#include <png.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace kazashi::story {

using base::Error;
using base::Fault;

Rgb Screenshot::at(int x, int y) const {
    const auto i = (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
    return {rgb[i], rgb[i + 1], rgb[i + 2]};
}

namespace {

struct FreeImage {
    void operator()(XImage* image) const { XDestroyImage(image); }
};

std::uint8_t channel(unsigned long pixel, unsigned long mask) {
    const int shift = __builtin_ctzl(mask);
    return static_cast<std::uint8_t>((pixel & mask) >> shift);
}

bool same(Rgb a, Rgb b, int tolerance) {
    for (std::size_t i = 0; i < 3; ++i) {
        if (std::abs(int{a[i]} - int{b[i]}) > tolerance) return false;
    }
    return true;
}

}  // namespace

base::Result<Screenshot> take_screenshot(Display* display) {
    const int screen = DefaultScreen(display);
    Screenshot shot{DisplayWidth(display, screen), DisplayHeight(display, screen), {}};
    const std::unique_ptr<XImage, FreeImage> image{XGetImage(display, DefaultRootWindow(display), 0, 0,
                                                             static_cast<unsigned>(shot.width),
                                                             static_cast<unsigned>(shot.height), AllPlanes, ZPixmap)};
    if (!image || image->red_mask == 0) return Error{Fault::io, "the X server gives no picture in colour"};
    shot.rgb.reserve(static_cast<std::size_t>(shot.width) * static_cast<std::size_t>(shot.height) * 3);
    for (int y = 0; y < shot.height; ++y) {
        for (int x = 0; x < shot.width; ++x) {
            const unsigned long pixel = XGetPixel(image.get(), x, y);
            shot.rgb.push_back(channel(pixel, image->red_mask));
            shot.rgb.push_back(channel(pixel, image->green_mask));
            shot.rgb.push_back(channel(pixel, image->blue_mask));
        }
    }
    return shot;
}

base::Status write_png(const Screenshot& image, const std::filesystem::path& file) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<png_uint_32>(image.width);
    png.height = static_cast<png_uint_32>(image.height);
    png.format = PNG_FORMAT_RGB;
    if (png_image_write_to_file(&png, file.c_str(), 0, image.rgb.data(), 0, nullptr) == 0) {
        return Error{Fault::io, "a screenshot could not be written"};
    }
    return base::ok();
}

double difference(const Screenshot& a, const Screenshot& b) {
    if (a.width != b.width || a.height != b.height || a.rgb.empty()) return 1;
    std::size_t differing = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x) differing += same(a.at(x, y), b.at(x, y), 12) ? 0U : 1U;
    }
    return static_cast<double>(differing) / static_cast<double>(a.rgb.size() / 3);
}

int pixels_of(const Screenshot& image, const Rect& where, Rgb colour) {
    int found = 0;
    for (int y = std::max(0, where.y); y < std::min(image.height, where.y + where.height); ++y) {
        for (int x = std::max(0, where.x); x < std::min(image.width, where.x + where.width); ++x) {
            found += same(image.at(x, y), colour, 2) ? 1 : 0;
        }
    }
    return found;
}

}  // namespace kazashi::story
