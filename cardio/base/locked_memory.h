// Memory for secrets: it stays in RAM (mlock), is in no core dump (MADV_DONTDUMP), and is wiped when it is given back.
// Small secrets share pages, 64 bytes each, so that none of them costs a system call; a large one has pages of its own.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace kazashi::base {

class LockedMemory {
public:
    static constexpr std::size_t small = 64;

    using Lock = bool (*)(void* pages, std::size_t size);
    explicit LockedMemory(Lock lock) : lock_{lock} {}
    LockedMemory(const LockedMemory&) = delete;
    LockedMemory& operator=(const LockedMemory&) = delete;

    // All zero. Never null: no memory at all is std::bad_alloc, as for any other object.
    std::uint8_t* take(std::size_t size);
    void give_back(std::uint8_t* bytes, std::size_t size) noexcept;
    // False while something in use could not be locked: the limit RLIMIT_MEMLOCK is too low. It works all the same, and
    // the log has said so once.
    bool locked() const { return unlocked_ == 0; }

private:
    struct FreeSlot {
        FreeSlot* next;
    };
    struct Pages {
        std::uint8_t* begin;
        std::size_t size;
        bool locked;
    };
    Pages map(std::size_t size);
    std::uint8_t* take_slot();
    std::uint8_t* take_pages(std::size_t size);

    const Lock lock_;
    std::mutex mutex_;  // over free_
    FreeSlot* free_{nullptr};
    std::atomic<std::size_t> unlocked_{0};  // bytes of pages in use
    std::atomic<bool> said_{false};
};

// The process's own. It is never destroyed: a secret of static storage may outlive everything else.
LockedMemory& locked_memory();

}  // namespace kazashi::base
