// Looks for a secret in this process's own memory, without having it there itself.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cardio/base/bytes.h"

namespace kazashi::desk_tests {

class Wanted {
public:
    explicit Wanted(base::ByteView secret) {
        for (const auto byte : secret) masked_.push_back(byte ^ mask);
    }

    // How often it stands in what may be written to: heap, stacks, locked pages, data of libraries.
    int times_in_memory() const {
        std::ifstream maps{"/proc/self/maps"};
        const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
        // Pages of its own, which are not looked through: what was found is in them.
        auto* const chunk = static_cast<std::uint8_t*>(
            ::mmap(nullptr, chunk_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        const auto own = reinterpret_cast<std::uintptr_t>(chunk);
        int found = 0;
        for (std::string line; std::getline(maps, line);) {
            std::istringstream in{line};
            std::uintptr_t from = 0;
            std::uintptr_t to = 0;
            char dash = 0;
            std::string rights;
            if (!(in >> std::hex >> from >> dash >> to >> rights) || rights.substr(0, 2) != "rw") continue;
            if (to - from > largest) continue;  // a sanitizer's shadow
            // The kernel joins neighbours in one line: what stands in front of and behind the chunk counts.
            if (from <= own && own < to) {
                found += times_between(memory, chunk, from, own);
                from = own + chunk_size;
            }
            found += times_between(memory, chunk, from, to);
        }
        ::munmap(chunk, chunk_size);
        ::close(memory);
        return found;
    }

private:
    static constexpr std::uint8_t mask = 0xA5;
    static constexpr std::size_t chunk_size = 1024 * 1024;
    static constexpr std::uintptr_t largest = std::uintptr_t{1} << 30;

    int times_between(int memory, std::uint8_t* chunk, std::uintptr_t from, std::uintptr_t to) const {
        int found = 0;
        // Chunks overlap, so that one across a border is seen.
        while (from < to) {
            const auto size = std::min<std::uintptr_t>(chunk_size, to - from);
            const auto read = ::pread(memory, chunk, size, static_cast<off_t>(from));
            if (read < static_cast<ssize_t>(masked_.size())) return found;
            found += times_in({chunk, static_cast<std::size_t>(read)});
            from += static_cast<std::uintptr_t>(read) -
                    (from + static_cast<std::uintptr_t>(read) < to ? masked_.size() - 1 : 0);
        }
        return found;
    }
    int times_in(base::ByteView bytes) const {
        int found = 0;
        for (std::size_t at = 0; at + masked_.size() <= bytes.size(); ++at) {
            std::size_t same = 0;
            while (same < masked_.size() && (bytes[at + same] ^ mask) == masked_[same]) ++same;
            if (same == masked_.size()) ++found;
        }
        return found;
    }

    base::Bytes masked_;
};

}  // namespace kazashi::desk_tests
