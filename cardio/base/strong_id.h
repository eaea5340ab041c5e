// Ids that cannot be mixed up: explicit to make, no implicit way back.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "cardio/base/bytes.h"

namespace kazashi::base {

// An id that is a word: `using FacilityId = StrongId<struct FacilityIdTag>;`
template <class Tag>
class StrongId {
public:
    StrongId() = default;
    explicit StrongId(std::string value) : value_{std::move(value)} {}
    const std::string& str() const { return value_; }
    bool empty() const { return value_.empty(); }
    auto operator<=>(const StrongId&) const = default;

private:
    std::string value_;
};

// An id that is N bytes: `using Idm = ByteId<struct IdmTag, 8>;`
template <class Tag, std::size_t N>
struct ByteId {
    static constexpr std::size_t size = N;
    std::array<std::uint8_t, N> bytes{};
    ByteView view() const { return bytes; }
    auto operator<=>(const ByteId&) const = default;
};

}  // namespace kazashi::base

template <class Tag>
struct std::hash<kazashi::base::StrongId<Tag>> {
    std::size_t operator()(const kazashi::base::StrongId<Tag>& id) const {
        return std::hash<std::string>{}(id.str());
    }
};
