#include "sync/wire/canonical.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "sync/wire/tuning.h"

namespace kazashi::wire {

namespace {

using base::ByteView;

enum Major : unsigned { positive = 0, negative = 1, byte_string = 2, text_string = 3, array = 4, map = 5, simple = 7 };

struct Head {
    unsigned major{};
    std::uint64_t value{};
};

// One open array or map. `left` counts items; a map has two an entry, so a key comes whenever `left` is even.
struct Level {
    std::uint64_t left{};
    bool is_map{};
    std::optional<ByteView> last_key;
};

class Scan {
public:
    explicit Scan(ByteView bytes) : rest_{bytes} {}

    // What stands behind the first value; nullopt when there is none.
    std::optional<ByteView> behind_one_value() {
        bool more = true;
        while (more) {
            const auto head = read_head();
            if (!head || !enter(*head, more)) return std::nullopt;
        }
        return rest_;
    }

private:
    // The argument of an item in its shortest form (RFC 8949 §4.2.1).
    std::optional<Head> read_head() {
        if (rest_.empty()) return std::nullopt;
        const unsigned first = rest_[0];
        const unsigned info = first & 31U;
        if (info < 24) return rest_ = rest_.subspan(1), Head{first >> 5U, info};
        if (info > 27 || first >> 5U == simple) return std::nullopt;
        const std::size_t size = std::size_t{1} << (info - 24U);
        if (rest_.size() < 1 + size) return std::nullopt;
        std::uint64_t value = 0;
        for (std::size_t i = 1; i <= size; ++i) value = value << 8U | rest_[i];
        const std::uint64_t least = info == 24 ? 24 : std::uint64_t{1} << (size * 4U);
        if (value < least) return std::nullopt;
        rest_ = rest_.subspan(1 + size);
        return Head{first >> 5U, value};
    }

    bool enter(const Head& head, bool& more) {
        if (expects_key() && head.major != text_string) return false;
        switch (head.major) {
            case positive:
            case negative:
                if (head.value > std::numeric_limits<std::int64_t>::max()) return false;
                break;
            case byte_string:
            case text_string:
                if (!skip_string(head.value)) return false;
                break;
            case array:
            case map:
                // Every item takes a byte, so a count beyond the rest is a lie and 2n cannot overflow.
                if (head.value > rest_.size()) return false;
                if (head.value > 0) return open(head);
                break;
            case simple:
                if (head.value != 20 && head.value != 21) return false;
                break;
            default:
                return false;
        }
        more = !close_item();
        return true;
    }

    bool expects_key() const { return open_ > 0 && levels_[open_ - 1].is_map && levels_[open_ - 1].left % 2 == 0; }

    bool skip_string(std::uint64_t size) {
        if (size > rest_.size()) return false;
        const auto text = rest_.first(static_cast<std::size_t>(size));
        if (expects_key()) {
            auto& last = levels_[open_ - 1].last_key;
            if (last && !std::lexicographical_compare(last->begin(), last->end(), text.begin(), text.end())) {
                return false;
            }
            last = text;
        }
        rest_ = rest_.subspan(text.size());
        return true;
    }

    bool open(const Head& head) {
        if (open_ == levels_.size()) return false;
        const bool is_map = head.major == map;
        levels_[open_++] = {is_map ? head.value * 2 : head.value, is_map, std::nullopt};
        return true;
    }

    // True when that was the last item of the outermost value.
    bool close_item() {
        while (open_ > 0) {
            if (--levels_[open_ - 1].left > 0) return false;
            --open_;
        }
        return true;
    }

    ByteView rest_;
    std::array<Level, tuning::depth> levels_{};
    std::size_t open_{0};
};

}  // namespace

bool is_canonical(base::ByteView bytes) { return first_value_size(bytes) == bytes.size(); }

std::optional<std::size_t> first_value_size(base::ByteView bytes) {
    const auto rest = Scan{bytes}.behind_one_value();
    if (!rest) return std::nullopt;
    return bytes.size() - rest->size();
}

}  // namespace kazashi::wire
