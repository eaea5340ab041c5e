#include "cardio/protocol/weak_key.h"

#include <algorithm>

namespace kazashi::protocol {

namespace {

constexpr std::size_t half = 8;
constexpr std::uint8_t without_parity = 0xFE;

// Every weak and semi-weak key repeats one pattern of 16 bits in its first half and one in its second; as cipher-order
// octets 0, 1, 4 and 5 of the key. Source: NIST SP 800-67, section 3.3.2.
struct Pattern {
    std::uint8_t a, b, c, d;
};
constexpr std::array weak_patterns{
    Pattern{0x01, 0x01, 0x01, 0x01}, Pattern{0xFE, 0xFE, 0xFE, 0xFE}, Pattern{0xE0, 0xE0, 0xF1, 0xF1},
    Pattern{0x1F, 0x1F, 0x0E, 0x0E}, Pattern{0x01, 0x1F, 0x01, 0x0E}, Pattern{0x1F, 0x01, 0x0E, 0x01},
    Pattern{0x01, 0xE0, 0x01, 0xF1}, Pattern{0xE0, 0x01, 0xF1, 0x01}, Pattern{0x01, 0xFE, 0x01, 0xFE},
    Pattern{0xFE, 0x01, 0xFE, 0x01}, Pattern{0x1F, 0xE0, 0x0E, 0xF1}, Pattern{0xE0, 0x1F, 0xF1, 0x0E},
    Pattern{0x1F, 0xFE, 0x0E, 0xFE}, Pattern{0xFE, 0x1F, 0xFE, 0x0E}, Pattern{0xE0, 0xFE, 0xF1, 0xFE},
    Pattern{0xFE, 0xE0, 0xFE, 0xF1},
};

bool same(std::uint8_t a, std::uint8_t b) { return (a & without_parity) == (b & without_parity); }

// `key` in cipher order: the last octet on the card comes first.
bool follows(const std::array<std::uint8_t, half>& key, const Pattern& pattern) {
    for (std::size_t i = 0; i < half; i += 2) {
        const bool early = i < half / 2;
        if (!same(key[i], early ? pattern.a : pattern.c) || !same(key[i + 1], early ? pattern.b : pattern.d))
            return false;
    }
    return true;
}

bool is_weak_half(const std::uint8_t* card_order) {
    std::array<std::uint8_t, half> key{};
    std::reverse_copy(card_order, card_order + half, key.begin());
    const bool weak = std::any_of(weak_patterns.begin(), weak_patterns.end(),
                                  [&key](const auto& pattern) { return follows(key, pattern); });
    base::wipe(key.data(), key.size());
    return weak;
}

}  // namespace

bool is_weak(const CardKey& ck) {
    const auto* first = ck.data();
    const auto* second = ck.data() + half;
    return is_weak_half(first) || is_weak_half(second) || std::equal(first, first + half, second, same);
}

}  // namespace kazashi::protocol
