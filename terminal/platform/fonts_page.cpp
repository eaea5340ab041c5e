#include "terminal/platform/fonts_page.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>

namespace kazashi::platform {
namespace {

constexpr int gap = 1;          // so that a neighbour never bleeds in when the texture is filtered
constexpr int height_step = 4;  // shelves of nearly the same height are one shelf

std::size_t at(int y, int pitch, int x) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(pitch) + static_cast<std::size_t>(x);
}

}  // namespace

FontsPage::Shelf* FontsPage::shelf_for(int width, int height) {
    const int wanted = (height + gap + height_step - 1) / height_step * height_step;
    const auto fits = [&](const Shelf& shelf) {
        return shelf.height == wanted && shelf.x + width + gap <= area_.width;
    };
    if (auto found = std::ranges::find_if(shelves_, fits); found != shelves_.end()) return &*found;
    if (below_ + wanted > area_.height || width + gap > area_.width) return nullptr;
    shelves_.push_back({below_, wanted, 0});
    below_ += wanted;
    return &shelves_.back();
}

std::optional<FontsPage::Place> FontsPage::put(const std::uint8_t* picture, int picture_pitch, int width, int height) {
    Shelf* shelf = shelf_for(width, height);
    if (!shelf) return std::nullopt;
    const Place place{area_.x + shelf->x, area_.y + shelf->y};
    for (int row = 0; row < height; ++row)
        std::memcpy(coverage_ + at(place.y + row, pitch_, place.x),
                    picture + static_cast<std::ptrdiff_t>(row) * picture_pitch, static_cast<std::size_t>(width));
    shelf->x += width + gap;
    touch(place.y, height);
    return place;
}

void FontsPage::clear() {
    for (int row = 0; row < below_; ++row)
        std::memset(coverage_ + at(area_.y + row, pitch_, area_.x), 0, static_cast<std::size_t>(area_.width));
    if (below_ > 0) touch(area_.y, below_);
    shelves_.clear();
    below_ = 0;
}

void FontsPage::touch(int first, int count) {
    if (!dirty_) {
        dirty_ = Fonts::Rows{first, count};
        return;
    }
    const int end = std::max(dirty_->first + dirty_->count, first + count);
    dirty_->first = std::min(dirty_->first, first);
    dirty_->count = end - dirty_->first;
}

std::optional<Fonts::Rows> FontsPage::take_dirty() { return std::exchange(dirty_, std::nullopt); }

}  // namespace kazashi::platform
