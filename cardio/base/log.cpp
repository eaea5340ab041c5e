#include "cardio/base/log.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

namespace kazashi::base {

namespace {

std::atomic<LogLevel> threshold{LogLevel::info};

constexpr std::array<const char*, 4> level_names{"debug", "info", "warning", "error"};

}  // namespace

void set_log_level(LogLevel level) { threshold = level; }

void log(LogLevel level, std::string_view where, std::string_view what) {
    if (level < threshold.load()) return;
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 32> stamp{};
    std::strftime(stamp.data(), stamp.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    std::fprintf(stderr, "%s %s %.*s: %.*s\n", stamp.data(), level_names[static_cast<std::size_t>(level)],
                 static_cast<int>(where.size()), where.data(), static_cast<int>(what.size()), what.data());
}

// A keyed FNV-1a with a final mix: enough to relate lines within one run, and useless without the process's key.
std::string masked(ByteView id) {
    static const std::uint64_t key = [] {
        std::random_device device;
        return (std::uint64_t{device()} << 32U) | device();
    }();
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ key;
    for (const auto byte : id) hash = (hash ^ byte) * 0x100000001b3ULL;
    hash ^= hash >> 29U;
    hash *= 0xbf58476d1ce4e5b9ULL ^ key;
    hash ^= hash >> 32U;
    std::array<char, 9> text{};
    std::snprintf(text.data(), text.size(), "%08x", static_cast<unsigned>(hash & 0xffffffffU));
    return text.data();
}

}  // namespace kazashi::base
