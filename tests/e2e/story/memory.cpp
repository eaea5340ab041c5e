#include "tests/e2e/story/memory.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

using base::Error;
using base::Fault;

namespace {

struct Span {
    std::uint64_t from{};
    std::uint64_t to{};
};

// What is written to, and small pieces that are shut: secrets between two uses may lie in pages nobody may read. Large
// ones that are shut are room the heap has not taken yet.
bool may_hold_words(const std::string& rights, const Span& span) {
    if (rights.size() < 4) return false;
    if (rights[0] == 'r' && rights[1] == 'w') return true;
    return rights[1] != 'w' && rights[2] != 'x' && rights[3] == 'p' && span.to - span.from <= tuning::shut_memory;
}

std::vector<Span> spans_of(Pid pid) {
    std::ifstream maps{"/proc/" + std::to_string(pid) + "/maps"};
    std::vector<Span> spans;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream in{line};
        Span span;
        char dash{};
        std::string rights;
        if (!(in >> std::hex >> span.from >> dash >> span.to >> rights)) continue;
        if (may_hold_words(rights, span)) spans.push_back(span);
    }
    return spans;
}

// One file descriptor, closed when it goes.
class MemoryFile {
public:
    explicit MemoryFile(Pid pid)
        : fd_{::open(("/proc/" + std::to_string(pid) + "/mem").c_str(), O_RDONLY | O_CLOEXEC)} {}
    ~MemoryFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    bool open() const { return fd_ >= 0; }
    // As many octets as can be read at `from`; none where the kernel has nothing behind the mapping.
    std::size_t read(std::uint64_t from, std::string& into) const {
        const auto n = ::pread(fd_, into.data(), into.size(), static_cast<off_t>(from));
        return n > 0 ? static_cast<std::size_t>(n) : 0;
    }

private:
    int fd_;
};

}  // namespace

Result<std::vector<std::string>> words_in_memory(Pid pid, const std::vector<std::string>& words) {
    const MemoryFile memory{pid};
    if (!memory.open()) return Error{Fault::denied, "may not look into another program's memory"};
    std::size_t longest = 1;
    for (const auto& w : words) longest = std::max(longest, w.size());
    std::set<std::string> found;
    std::string chunk;
    for (const auto& span : spans_of(pid)) {
        // Chunks overlap, so that a word across a border is seen.
        for (std::uint64_t at = span.from; at < span.to; at += tuning::memory_chunk) {
            const auto size = std::min<std::uint64_t>(tuning::memory_chunk + longest, span.to - at);
            chunk.resize(size);
            const std::string_view seen{chunk.data(), memory.read(at, chunk)};
            for (const auto& w : words) {
                if (!found.contains(w) && seen.find(w) != std::string_view::npos) found.insert(w);
            }
        }
    }
    return std::vector<std::string>{found.begin(), found.end()};
}

}  // namespace kazashi::story
