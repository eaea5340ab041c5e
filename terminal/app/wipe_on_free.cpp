#include "terminal/app/wipe_on_free.h"

#include <imgui.h>
#include <malloc.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <new>

#include "terminal/app/tuning.h"

namespace {

// The whole block, not only what was asked for: a vector's unused end may hold what was moved out of it.
void wipe_and_free(void* block) noexcept {
    if (block == nullptr) return;
    ::explicit_bzero(block, ::malloc_usable_size(block));
    std::free(block);
}

// What [new.delete] asks of an allocation that finds no memory: the new-handler, then bad_alloc.
template <class Allocate>
void* insist(Allocate allocate) {
    for (;;) {
        if (void* block = allocate()) return block;
        const auto handler = std::get_new_handler();
        if (handler == nullptr) throw std::bad_alloc{};
        handler();
    }
}

void* take(std::size_t size) {
    return insist([size] { return std::malloc(size == 0 ? 1 : size); });
}
void* take(std::size_t size, std::align_val_t alignment) {
    const auto align = static_cast<std::size_t>(alignment);
    const std::size_t whole = (size + align - 1) / align * align;  // aligned_alloc takes multiples only
    if (whole < size) throw std::bad_alloc{};
    return insist([align, whole] { return std::aligned_alloc(align, whole == 0 ? align : whole); });
}

template <class... Arguments>
void* take_or_null(Arguments... arguments) noexcept {
    try {
        return take(arguments...);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void* imgui_take(std::size_t size, void*) { return std::malloc(size); }
void imgui_free(void* block, void*) { wipe_and_free(block); }

}  // namespace

// Every form is written out: a sanitizer's run-time library has all of them, and a form left out would be its own.
void* operator new(std::size_t size) { return take(size); }
void* operator new[](std::size_t size) { return take(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return take_or_null(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return take_or_null(size); }
void* operator new(std::size_t size, std::align_val_t align) { return take(size, align); }
void* operator new[](std::size_t size, std::align_val_t align) { return take(size, align); }
void* operator new(std::size_t size, std::align_val_t align, const std::nothrow_t&) noexcept {
    return take_or_null(size, align);
}
void* operator new[](std::size_t size, std::align_val_t align, const std::nothrow_t&) noexcept {
    return take_or_null(size, align);
}

void operator delete(void* block) noexcept { wipe_and_free(block); }
void operator delete[](void* block) noexcept { wipe_and_free(block); }
void operator delete(void* block, std::size_t) noexcept { wipe_and_free(block); }
void operator delete[](void* block, std::size_t) noexcept { wipe_and_free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { wipe_and_free(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { wipe_and_free(block); }
void operator delete(void* block, std::align_val_t) noexcept { wipe_and_free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { wipe_and_free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { wipe_and_free(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { wipe_and_free(block); }
void operator delete(void* block, std::align_val_t, const std::nothrow_t&) noexcept { wipe_and_free(block); }
void operator delete[](void* block, std::align_val_t, const std::nothrow_t&) noexcept { wipe_and_free(block); }

namespace kazashi::app {

void wipe_what_imgui_frees() { ImGui::SetAllocatorFunctions(imgui_take, imgui_free); }

[[gnu::noinline]] void scrub_stack() {
    std::array<unsigned char, tuning::stack_scrubbed> below;
    ::explicit_bzero(below.data(), below.size());
}

}  // namespace kazashi::app
