#include "cardio/simulator/transparent_session.h"

#include <array>

#include "cardio/protocol/transparent.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::uint16_t field_off = 0x83;
constexpr std::uint16_t field_on = 0x84;
// Without a timer object such readers wait this long, and every FeliCa answer comes later.
constexpr std::chrono::microseconds unasked_wait{302};

void append_status(base::Bytes& to, std::uint8_t position, std::uint16_t sw) {
    protocol::append_tlv(
        to, protocol::tag::status,
        std::array{position, static_cast<std::uint8_t>(sw >> 8U), static_cast<std::uint8_t>(sw & 0xFFU)});
}

base::Bytes outcome(std::uint8_t position, std::uint16_t sw) {
    base::Bytes objects;
    append_status(objects, position, sw);
    return success(objects);
}

std::chrono::microseconds little(base::ByteView value) {
    std::uint32_t micros = 0;
    for (std::size_t i = 0; i < value.size() && i < 4; ++i) micros |= std::uint32_t{value[i]} << (8U * i);
    return std::chrono::microseconds{micros};
}

}  // namespace

base::Bytes TransparentSession::answer(const protocol::CommandApdu& apdu, Field& field) {
    const auto objects = protocol::walk_tlv(apdu.data);
    if (!objects || objects->empty()) return status(word::wrong_length);
    if (apdu.p2 == protocol::transparent_manage) return manage(*objects, field);
    if (!open_) return outcome(1, word::no_session);
    if (apdu.p2 == protocol::transparent_switch) return switch_protocol(objects->front(), field);
    if (apdu.p2 == protocol::transparent_exchange && felica_) return exchange(*objects, field);
    return outcome(1, word::no_session);
}

base::Bytes TransparentSession::manage(const std::vector<protocol::Tlv>& objects, Field& field) {
    std::uint8_t position = 1;
    for (const auto& object : objects) {
        switch (object.tag) {
            case protocol::tag::start_session:
                open_ = true;
                break;
            case protocol::tag::end_session:
                power_off();
                break;
            case field_off:
                field.power_off();
                break;
            case field_on:
                break;
            default:
                return outcome(position, word::not_supported);
        }
        ++position;
    }
    return outcome(0, word::ok);
}

base::Bytes TransparentSession::switch_protocol(const protocol::Tlv& object, const Field& field) {
    const bool to_felica = object.tag == protocol::tag::switch_protocol && object.value.size() == 2 &&
                           object.value[0] == protocol::protocol_felica && field.felica();
    felica_ = felica_ || to_felica;
    return to_felica ? outcome(0, word::ok) : outcome(1, word::not_supported);
}

base::Bytes TransparentSession::exchange(const std::vector<protocol::Tlv>& objects, Field& field) const {
    auto wait = unasked_wait;
    Field::Answer said;
    for (const auto& object : objects) {
        if (object.tag == protocol::tag::timer) wait = little(object.value);
        if (object.tag == protocol::tag::transceive) said = field.exchange(object.value, wait);
    }
    if (!said) return outcome(2, silent_);
    base::Bytes out;
    append_status(out, 0, word::ok);
    protocol::append_tlv(out, protocol::tag::last_bits, std::array<std::uint8_t, 1>{0x00});
    protocol::append_tlv(out, protocol::tag::reception, std::array<std::uint8_t, 2>{0x00, 0x00});
    protocol::append_tlv(out, protocol::tag::response, *said);
    return success(out);
}

}  // namespace kazashi::simulator
