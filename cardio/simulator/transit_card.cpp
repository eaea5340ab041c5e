#include "cardio/simulator/transit_card.h"

#include <array>

namespace kazashi::simulator {

namespace {

// System 0 and system 1 of the card; the second one's IDm has 1 in the upper nibble.
constexpr std::array<std::uint16_t, 2> systems{protocol::system_transit, 0xFE00};

}  // namespace

card::Idm TransitCard::idm() const { return {{0x01, 0x01, 0x06, 0x01, 0x6A, 0x12, 0x33, 0x07}}; }
protocol::Pmm TransitCard::pmm() const { return {{0x0F, 0x0D, 0x23, 0x04, 0x2F, 0x77, 0x83, 0xFF}}; }  // RC-S960

std::optional<base::Bytes> TransitCard::answer(base::ByteView frame) {
    if (frame.size() == 6 && frame[0] == 6 && frame[1] == protocol::code::polling) {
        const auto asked = static_cast<std::uint16_t>(frame[2] << 8U | frame[3]);
        for (std::size_t i = 0; i < systems.size(); ++i) {
            if (!polled(asked, systems[i])) continue;
            card::Idm answering = idm();
            answering.bytes[0] = static_cast<std::uint8_t>(answering.bytes[0] | i << 4U);
            return polling_answer(answering, pmm(), frame[4], systems[i]);
        }
        return std::nullopt;
    }
    const auto command = take_apart(frame);
    const bool known = command && (command->code == protocol::code::read || command->code == protocol::code::write);
    if (!known || command->idm != idm()) return std::nullopt;
    const auto code = static_cast<std::uint8_t>(command->code + 1);
    return status_answer(code, idm(), 0x01, protocol::flag2::no_service);
}

}  // namespace kazashi::simulator
