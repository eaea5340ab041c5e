// Chance that is the same on every platform: the standard fixes std::mt19937, but not its distributions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace kazashi::demo {

class Random {
public:
    // One stream per person: how many others there are does not change anybody.
    Random(std::uint32_t seed, std::uint32_t stream) : engine_{seed * 2654435761U ^ (stream + 1U) * 40503U} {}

    // 0 … n-1
    std::uint32_t below(std::uint32_t n) {
        return static_cast<std::uint32_t>(static_cast<std::uint64_t>(engine_()) * n >> 32U);
    }
    int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1))); }
    bool in_1000(int share) { return static_cast<int>(below(1000)) < share; }

    template <class T>
    const T& pick(const std::vector<T>& list) {
        return list[below(static_cast<std::uint32_t>(list.size()))];
    }
    // By a whole-number weight each item has.
    template <class T, class Weight>
    const T& pick(const std::vector<T>& list, const Weight& weight) {
        int total = 0;
        for (const auto& item : list) total += weight(item);
        auto left = between(0, total - 1);
        for (const auto& item : list) {
            left -= weight(item);
            if (left < 0) return item;
        }
        return list.back();
    }

private:
    std::mt19937 engine_;
};

}  // namespace kazashi::demo
