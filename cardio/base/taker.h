// Takes octets from the front of bytes that came from outside. `good` turns false for ever when there are too few, so a
// parser asks once, at its end.
#pragma once

#include "cardio/base/bytes.h"

namespace kazashi::base {

struct Taker {
    ByteView rest;
    bool good{true};

    std::uint8_t octet() {
        const auto one = bytes(1);
        return one.empty() ? std::uint8_t{0} : one.front();
    }
    std::uint16_t little() {
        const unsigned low = octet();
        return static_cast<std::uint16_t>(low | static_cast<unsigned>(octet()) << 8U);
    }
    ByteView bytes(std::size_t size) {
        if (rest.size() < size) {
            good = false;
            return {};
        }
        const auto value = rest.first(size);
        rest = rest.subspan(size);
        return value;
    }
};

}  // namespace kazashi::base
