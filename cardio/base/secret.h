// Bytes that wipe themselves. Not copyable: a copy of a key must be written out where it is made.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "cardio/base/bytes.h"

namespace kazashi::base {

inline void wipe(void* data, std::size_t size) {
    if (data != nullptr) ::explicit_bzero(data, size);
}

template <std::size_t N>
class Secret {
public:
    static constexpr std::size_t size = N;

    Secret() = default;
    explicit Secret(std::span<const std::uint8_t, N> bytes) { std::memcpy(bytes_.data(), bytes.data(), N); }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : bytes_{other.bytes_} { other.clear(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            other.clear();
        }
        return *this;
    }
    ~Secret() { clear(); }

    Secret clone() const { return Secret{std::span<const std::uint8_t, N>{bytes_}}; }
    void clear() { wipe(bytes_.data(), N); }
    ByteView view() const { return bytes_; }
    std::uint8_t* data() { return bytes_.data(); }
    const std::uint8_t* data() const { return bytes_.data(); }

private:
    std::array<std::uint8_t, N> bytes_{};
};

// A plaintext or another secret of a length known only at run time. Its buffer is sized once, so that growth never
// leaves a copy behind.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size) : bytes_(size) {}
    explicit SecretBytes(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept : bytes_{std::exchange(other.bytes_, {})} {}
    SecretBytes& operator=(SecretBytes&& other) noexcept {
        if (this != &other) {
            clear();
            bytes_ = std::exchange(other.bytes_, {});
        }
        return *this;
    }
    ~SecretBytes() { clear(); }

    void clear() {
        if (!bytes_.empty()) wipe(bytes_.data(), bytes_.size());
        bytes_.clear();
    }
    // Shortens; the tail that falls away is wiped.
    void shrink(std::size_t size) {
        if (size >= bytes_.size()) return;
        wipe(bytes_.data() + size, bytes_.size() - size);
        bytes_.resize(size);
    }
    bool empty() const { return bytes_.empty(); }
    std::size_t size() const { return bytes_.size(); }
    ByteView view() const { return bytes_; }
    std::uint8_t* data() { return bytes_.data(); }

private:
    Bytes bytes_;
};

}  // namespace kazashi::base
