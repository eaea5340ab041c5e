#include "tests/e2e/story/text_forms.h"

#include <zstd.h>

#include <array>
#include <cassert>
#include <memory>

#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

namespace {

// The next code point; advances `at`. nullopt when the octets there are not UTF-8.
std::optional<char32_t> code_point(std::string_view text, std::size_t& at) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = octet(at++);
    if (first < 0x80) return first;
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4 || at + more > text.size()) return std::nullopt;
    char32_t value = first & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((octet(at) & 0xC0U) != 0x80U) return std::nullopt;
        value = value << 6U | (octet(at++) & 0x3FU);
    }
    return value;
}

void append_unit(Bytes& to, char32_t unit, ByteOrder order) {
    const auto low = static_cast<std::uint8_t>(unit & 0xFFU);
    const auto high = static_cast<std::uint8_t>(unit >> 8U & 0xFFU);
    to.push_back(order == ByteOrder::little ? low : high);
    to.push_back(order == ByteOrder::little ? high : low);
}

struct FreeStream {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

Bytes inflate(ZSTD_DStream* stream, ByteView frame) {
    ZSTD_initDStream(stream);
    Bytes plain(64 * 1024);
    ZSTD_inBuffer in{frame.data(), frame.size(), 0};
    ZSTD_outBuffer out{plain.data(), plain.size(), 0};
    while (true) {
        const std::size_t left = ZSTD_decompressStream(stream, &out, &in);
        // Damaged or cut: what came out until here is looked at all the same.
        if (ZSTD_isError(left) != 0 || left == 0) break;
        if (out.pos == out.size && plain.size() < tuning::inflated_bytes) {
            plain.resize(plain.size() * 2);
            out = {plain.data(), plain.size(), out.pos};
        } else if (in.pos == in.size || out.pos == out.size) {
            break;
        }
    }
    plain.resize(out.pos);
    return plain;
}

}  // namespace

std::optional<Bytes> utf16(std::string_view utf8, ByteOrder order) {
    Bytes units;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto point = code_point(utf8, at);
        if (!point) return std::nullopt;
        if (*point < 0x10000) {
            append_unit(units, *point, order);
        } else {
            append_unit(units, 0xD800U + ((*point - 0x10000) >> 10U), order);
            append_unit(units, 0xDC00U + ((*point - 0x10000) & 0x3FFU), order);
        }
    }
    return units;
}

void for_each_zstd_frame(ByteView bytes, const std::function<void(ByteView)>& use) {
    constexpr std::array<std::uint8_t, 4> magic{0x28, 0xB5, 0x2F, 0xFD};
    const std::unique_ptr<ZSTD_DStream, FreeStream> stream{ZSTD_createDStream()};
    for (auto at = bytes.begin();; ++at) {
        at = std::search(at, bytes.end(), magic.begin(), magic.end());
        if (at == bytes.end()) return;
        use(inflate(stream.get(), bytes.subspan(static_cast<std::size_t>(at - bytes.begin()))));
    }
}

Bytes zstd(ByteView plain) {
    Bytes packed(ZSTD_compressBound(plain.size()));
    const std::size_t size = ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 3);
    assert(ZSTD_isError(size) == 0);
    packed.resize(size);
    return packed;
}

}  // namespace kazashi::story
