#include "cardio/protocol/identiv.h"

#include <algorithm>
#include <array>

#include "cardio/base/taker.h"
#include "cardio/protocol/apdu.h"

namespace kazashi::protocol {

namespace {

using base::Error;
using base::Fault;

constexpr std::uint8_t polling = 0x40;
constexpr std::uint8_t read = 0x46;
constexpr std::uint8_t write = 0x48;
constexpr std::uint8_t request_system_code = 0x4A;
constexpr std::size_t flag2_at = 11;

card::Idm take_idm(base::Taker& from) {
    card::Idm idm;
    const auto octets = from.bytes(card::Idm::size);
    std::copy(octets.begin(), octets.end(), idm.bytes.begin());
    return idm;
}

}  // namespace

base::Bytes identiv_command(const FelicaCommand& command, ServiceOrder order) {
    base::Bytes data;
    for (const auto service : command.services) {
        std::array octets{static_cast<std::uint8_t>(service & 0xFFU), static_cast<std::uint8_t>(service >> 8U)};
        if (order == ServiceOrder::high_first) std::swap(octets[0], octets[1]);
        base::append(data, octets);
    }
    for (const auto& element : command.elements) base::append(data, element);
    base::append(data, command.data);
    return encode(CommandApdu{0xFF,
                              command.command == code::read ? read : write,
                              static_cast<std::uint8_t>(command.services.size()),
                              static_cast<std::uint8_t>(command.elements.size()),
                              std::move(data),
                              {}});
}

bool service_may_be_swapped(base::ByteView frame) {
    if (frame.size() <= flag2_at) return false;
    return frame[flag2_at] == flag2::no_service || frame[flag2_at] == flag2::services;
}

base::Result<base::Bytes> parse_identiv(base::ByteView answer, std::uint8_t command) {
    base::Taker from{answer};
    const auto idm = take_idm(from);
    if (!from.good || from.rest.size() < 2) return Error{Fault::malformed, "no IDm and flags from the reader"};
    return answer_frame(command, idm, from.rest);
}

base::Bytes identiv_polling(PollRequest request, TimeSlots slots) {
    return encode(CommandApdu{0xFF,
                              polling,
                              0x00,
                              0x00,
                              {0xFF, 0xFF, static_cast<std::uint8_t>(request), static_cast<std::uint8_t>(slots)},
                              {}});
}

base::Result<Polled> parse_identiv_polling(base::ByteView answer) {
    base::Taker from{answer};
    Polled polled;
    polled.idm = take_idm(from);
    const auto pmm = from.bytes(polled.pmm.bytes.size());
    if (!from.good || (from.rest.size() != 0 && from.rest.size() != 2))
        return Error{Fault::malformed, "neither IDm and PMm nor a system code with them"};
    std::copy(pmm.begin(), pmm.end(), polled.pmm.bytes.begin());
    if (!from.rest.empty()) polled.request_data = static_cast<std::uint16_t>(from.rest[0] << 8U | from.rest[1]);
    return polled;
}

base::Bytes identiv_system_codes() { return encode(CommandApdu{0xFF, request_system_code, 0x00, 0x00, {}, 0x00}); }

base::Result<SystemCodes> parse_identiv_system_codes(base::ByteView answer) {
    base::Taker from{answer};
    SystemCodes out{take_idm(from), {}};
    const std::size_t count = from.octet();
    for (std::size_t i = 0; i < count && from.good; ++i) {
        const unsigned high = from.octet();
        out.codes.push_back(static_cast<std::uint16_t>(high << 8U | from.octet()));
    }
    if (!from.good || !from.rest.empty()) return Error{Fault::malformed, "system codes cut or too long"};
    return out;
}

}  // namespace kazashi::protocol
