#include "sync/store/wiping_memory.h"

#include <malloc.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace kazashi::store {

namespace {

int size_of(void* block) { return block == nullptr ? 0 : static_cast<int>(::malloc_usable_size(block)); }
void* take(int size) { return std::malloc(static_cast<std::size_t>(size)); }
void give_back(void* block) {
    if (block == nullptr) return;
    ::explicit_bzero(block, ::malloc_usable_size(block));
    std::free(block);
}
// realloc() would leave the old place as it was.
void* resize(void* block, int size) {
    void* const larger = take(size);
    if (larger == nullptr) return nullptr;
    std::memcpy(larger, block, static_cast<std::size_t>(std::min(size, size_of(block))));
    give_back(block);
    return larger;
}
int round_up(int size) { return (size + 7) & ~7; }
int begin(void*) { return SQLITE_OK; }
void end(void*) {}

}  // namespace

void wipe_what_sqlite_frees() {
    static const int configured = [] {
        static const sqlite3_mem_methods methods{take, give_back, resize, size_of, round_up, begin, end, nullptr};
        return ::sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    }();
    static_cast<void>(configured);
}

}  // namespace kazashi::store
