#include "cardio/protocol/tlv.h"

#include <cassert>

#include "cardio/base/taker.h"

namespace kazashi::protocol {

namespace {

std::uint16_t take_tag(base::Taker& from) {
    const std::uint8_t first = from.octet();
    if ((first & 0x1FU) != 0x1FU) return first;
    return static_cast<std::uint16_t>(first << 8U | from.octet());
}

std::size_t take_length(base::Taker& from) {
    const std::uint8_t first = from.octet();
    if (first < 0x80) return first;
    if (first == 0x81) return from.octet();
    if (first != 0x82) from.good = false;
    const std::size_t high = from.octet();
    return high << 8U | from.octet();
}

}  // namespace

std::optional<std::vector<Tlv>> walk_tlv(base::ByteView bytes) {
    std::vector<Tlv> objects;
    base::Taker from{bytes};
    while (!from.rest.empty()) {
        Tlv object;
        object.tag = take_tag(from);
        object.value = from.bytes(take_length(from));
        if (!from.good || objects.size() == max_tlv_objects) return std::nullopt;
        objects.push_back(object);
    }
    return objects;
}

void append_tlv(base::Bytes& to, std::uint16_t tag, base::ByteView value) {
    assert(value.size() <= 0xFFFF);
    if (tag > 0xFF) to.push_back(static_cast<std::uint8_t>(tag >> 8U));
    to.push_back(static_cast<std::uint8_t>(tag & 0xFFU));
    if (value.size() > 0xFF) {
        to.push_back(0x82);
        to.push_back(static_cast<std::uint8_t>(value.size() >> 8U));
    } else if (value.size() >= 0x80) {
        to.push_back(0x81);
    }
    to.push_back(static_cast<std::uint8_t>(value.size() & 0xFFU));
    base::append(to, value);
}

}  // namespace kazashi::protocol
