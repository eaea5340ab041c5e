#include "cardio/protocol/der.h"

namespace kazashi::protocol {

namespace {

struct Header {
    std::size_t header{};
    std::size_t value{};
};

std::optional<Header> read_header(base::ByteView bytes) {
    if (bytes.size() < 2 || (bytes[0] & 0x1FU) == 0x1FU) return std::nullopt;
    const std::uint8_t first = bytes[1];
    if (first < 0x80) return Header{2, first};
    if (first == 0x81 && bytes.size() >= 3) return Header{3, bytes[2]};
    if (first == 0x82 && bytes.size() >= 4) return Header{4, static_cast<std::size_t>(bytes[2]) << 8U | bytes[3]};
    return std::nullopt;
}

std::optional<std::vector<DerObject>> read_until(base::ByteView bytes, bool filler) {
    std::vector<DerObject> objects;
    while (!bytes.empty()) {
        if (filler && (bytes[0] == 0x00 || bytes[0] == 0xFF)) break;
        const auto header = read_header(bytes);
        if (!header || header->value > bytes.size() - header->header) return std::nullopt;
        if (objects.size() == der::most_objects) return std::nullopt;
        objects.push_back({bytes[0], bytes.subspan(header->header, header->value)});
        bytes = bytes.subspan(header->header + header->value);
    }
    return objects;
}

}  // namespace

std::optional<std::size_t> der_size(base::ByteView begin) {
    const auto header = read_header(begin);
    if (!header) return std::nullopt;
    return header->header + header->value;
}

std::optional<std::vector<DerObject>> read_der(base::ByteView bytes) { return read_until(bytes, false); }

std::optional<std::vector<DerObject>> read_der_file(base::ByteView bytes) { return read_until(bytes, true); }

}  // namespace kazashi::protocol
