#include "cardio/base/locked_memory.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>

#include "cardio/base/log.h"

namespace kazashi::base {

namespace {

constexpr std::size_t chunk_slots = 1024;  // more small secrets than a terminal ever holds at once

std::size_t whole_pages(std::size_t size) {
    static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return (size + page - 1) / page * page;
}

bool lock_pages(void* pages, std::size_t size) { return ::mlock(pages, size) == 0; }

}  // namespace

LockedMemory::Pages LockedMemory::map(std::size_t size) {
    const std::size_t whole = whole_pages(size);
    void* const pages = ::mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc{};
    ::madvise(pages, whole, MADV_DONTDUMP);
    const bool locked = lock_(pages, whole);
    if (!locked) {
        unlocked_ += whole;
        if (!said_.exchange(true)) {
            log(LogLevel::warning, "base", "secrets cannot be kept out of swap: RLIMIT_MEMLOCK is too low");
        }
    }
    return {static_cast<std::uint8_t*>(pages), whole, locked};
}

std::uint8_t* LockedMemory::take_slot() {
    const std::scoped_lock hold{mutex_};
    if (free_ == nullptr) {
        const auto pages = map(chunk_slots * small);
        for (std::size_t slot = chunk_slots; slot > 0; --slot) {
            free_ = new (pages.begin + (slot - 1) * small) FreeSlot{free_};
        }
    }
    FreeSlot* const slot = free_;
    free_ = slot->next;
    return new (slot) std::uint8_t[small]{};
}

// What is needed to give them back stands in front of the secret, aligned like a small one.
std::uint8_t* LockedMemory::take_pages(std::size_t size) {
    static_assert(sizeof(Pages) <= small);
    const auto pages = map(small + size);
    new (pages.begin) Pages{pages};
    return pages.begin + small;
}

std::uint8_t* LockedMemory::take(std::size_t size) { return size <= small ? take_slot() : take_pages(size); }

void LockedMemory::give_back(std::uint8_t* bytes, std::size_t size) noexcept {
    ::explicit_bzero(bytes, size);
    if (size <= small) {
        const std::scoped_lock hold{mutex_};
        free_ = new (bytes) FreeSlot{free_};
        return;
    }
    const auto pages = *std::launder(reinterpret_cast<const Pages*>(bytes - small));
    ::munmap(pages.begin, pages.size);
    if (!pages.locked) unlocked_ -= pages.size;
}

LockedMemory& locked_memory() {
    static auto& memory = *new LockedMemory{lock_pages};
    return memory;
}

}  // namespace kazashi::base
