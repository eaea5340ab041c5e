#include "cardio/simulator/block_access.h"

#include <array>

#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::size_t flags_at = 10;

// A card's refusal as these readers tell it: its status flags themselves are lost.
std::uint16_t refused(base::ByteView said) {
    if (said.size() < flags_at + 2) return word::no_answer;
    if (said[flags_at] == 0 && said[flags_at + 1] == 0) return word::ok;
    switch (said[flags_at + 1]) {
        case protocol::flag2::access:
        case protocol::flag2::needs_authentication:
            return word::no_security;
        default:
            return word::no_answer;
    }
}

}  // namespace

std::optional<base::Bytes> BlockAccess::answer(const protocol::CommandApdu& apdu, Field& field) {
    if (apdu.ins != 0xA4 && apdu.ins != 0xB0 && apdu.ins != 0xD6) return std::nullopt;
    if (!field.felica()) return status(word::not_supported);
    if (apdu.ins == 0xA4) return select(apdu);
    if (!service_) return status(word::no_session);
    return apdu.ins == 0xB0 ? read(apdu, field) : write(apdu, field);
}

base::Bytes BlockAccess::select(const protocol::CommandApdu& apdu) {
    if (apdu.p1 != 0x00 || apdu.p2 != 0x01) return status(word::not_supported);
    if (apdu.data.size() != 2) return status(word::wrong_length);
    service_ = static_cast<std::uint16_t>(apdu.data[0] | apdu.data[1] << 8U);
    return status(word::ok);
}

base::Bytes BlockAccess::read(const protocol::CommandApdu& apdu, Field& field) const {
    constexpr std::size_t head = 13;
    const bool length_fits = apdu.data.empty() && apdu.le && (*apdu.le == 0 || *apdu.le == protocol::block_size);
    if (!length_fits) return status(word::wrong_length);
    const auto said = field.exchange(protocol::read_frame(field.felica()->idm(), *service_, std::array{apdu.p2}));
    if (!said) return status(word::no_answer);
    if (const auto sw = refused(*said); sw != word::ok) return status(sw);
    if (said->size() != head + protocol::block_size) return status(word::no_answer);
    return success(base::ByteView{*said}.subspan(head));
}

base::Bytes BlockAccess::write(const protocol::CommandApdu& apdu, Field& field) const {
    if (apdu.data.size() != protocol::block_size) return status(word::wrong_length);
    const auto frame = protocol::write_frame(field.felica()->idm(), *service_, std::array{apdu.p2}, apdu.data);
    const auto said = field.exchange(frame);
    return status(said ? refused(*said) : word::no_answer);
}

}  // namespace kazashi::simulator
