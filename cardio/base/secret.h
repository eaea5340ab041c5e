// Bytes that wipe themselves and lie in locked memory. Not copyable: a copy of a key must be written out where it is
// made.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "cardio/base/bytes.h"
#include "cardio/base/locked_memory.h"

namespace kazashi::base {

inline void wipe(void* data, std::size_t size) {
    if (data != nullptr) ::explicit_bzero(data, size);
}

// Takes as long whatever the bytes are: for MACs, proofs and keys. Lengths are no secret.
inline bool equal_secret(ByteView a, ByteView b) {
    if (a.size() != b.size()) return false;
    volatile std::uint8_t differing = 0;
    for (std::size_t i = 0; i < a.size(); ++i) differing = static_cast<std::uint8_t>(differing | (a[i] ^ b[i]));
    return differing == 0;
}

// N octets, all zero until something is written to them; of that size also when moved from.
template <std::size_t N>
class Secret {
    static_assert(N > 0 && N <= LockedMemory::small);

public:
    static constexpr std::size_t size = N;

    Secret() = default;
    explicit Secret(std::span<const std::uint8_t, N> bytes) { std::memcpy(data(), bytes.data(), N); }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : bytes_{std::exchange(other.bytes_, nullptr)} {}
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            clear();
            bytes_ = std::exchange(other.bytes_, nullptr);
        }
        return *this;
    }
    ~Secret() { clear(); }

    Secret clone() const { return Secret{std::span<const std::uint8_t, N>{data(), N}}; }
    void clear() {
        if (bytes_ != nullptr) locked_memory().give_back(std::exchange(bytes_, nullptr), N);
    }
    ByteView view() const { return {data(), N}; }
    std::uint8_t* data() {
        if (bytes_ == nullptr) bytes_ = locked_memory().take(N);
        return bytes_;
    }
    const std::uint8_t* data() const { return bytes_ == nullptr ? zeros.data() : bytes_; }

private:
    static constexpr std::array<std::uint8_t, N> zeros{};
    std::uint8_t* bytes_{nullptr};
};

// A plaintext or another secret of a length known only at run time. Its buffer is sized once, so that growth never
// leaves a copy behind; moving it leaves the bytes where they are.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size) : bytes_{take(size)}, size_{size}, taken_{size} {}
    explicit SecretBytes(ByteView bytes) : SecretBytes{bytes.size()} {
        if (!bytes.empty()) std::memcpy(bytes_, bytes.data(), bytes.size());
    }
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept { swap(other); }
    SecretBytes& operator=(SecretBytes&& other) noexcept {
        if (this != &other) {
            clear();
            swap(other);
        }
        return *this;
    }
    ~SecretBytes() { clear(); }

    void clear() {
        if (bytes_ != nullptr) locked_memory().give_back(bytes_, taken_);
        bytes_ = nullptr;
        size_ = taken_ = 0;
    }
    // Shortens; the tail that falls away is wiped.
    void shrink(std::size_t size) {
        if (size >= size_) return;
        wipe(bytes_ + size, size_ - size);
        size_ = size;
    }
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    ByteView view() const { return {bytes_, size_}; }
    std::uint8_t* data() { return bytes_; }

private:
    static std::uint8_t* take(std::size_t size) { return size == 0 ? nullptr : locked_memory().take(size); }
    void swap(SecretBytes& other) noexcept {
        std::swap(bytes_, other.bytes_);
        std::swap(size_, other.size_);
        std::swap(taken_, other.taken_);
    }

    std::uint8_t* bytes_{nullptr};
    std::size_t size_{0};
    std::size_t taken_{0};
};

}  // namespace kazashi::base
