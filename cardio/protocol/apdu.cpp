#include "cardio/protocol/apdu.h"

#include <array>
#include <cassert>

namespace kazashi::protocol {

namespace {

constexpr std::size_t header_size = 4;
constexpr std::size_t max_data = 255;

std::string describe(std::uint16_t status) {
    const std::array<std::uint8_t, 2> bytes{static_cast<std::uint8_t>(status >> 8U),
                                            static_cast<std::uint8_t>(status & 0xFFU)};
    return "status word " + base::to_hex(bytes);
}

}  // namespace

base::Bytes encode(const CommandApdu& apdu) {
    assert(apdu.data.size() <= max_data);
    base::Bytes out{apdu.cla, apdu.ins, apdu.p1, apdu.p2};
    if (!apdu.data.empty()) {
        out.push_back(static_cast<std::uint8_t>(apdu.data.size()));
        base::append(out, apdu.data);
    }
    if (apdu.le) out.push_back(*apdu.le);
    return out;
}

std::optional<CommandApdu> decode_command(base::ByteView bytes) {
    if (bytes.size() < header_size) return std::nullopt;
    CommandApdu apdu{bytes[0], bytes[1], bytes[2], bytes[3], {}, {}};
    const auto body = bytes.subspan(header_size);
    if (body.empty()) return apdu;
    if (body.size() == 1) {
        apdu.le = body[0];
        return apdu;
    }
    const std::size_t lc = body[0];
    if (lc == 0 || (body.size() != 1 + lc && body.size() != 2 + lc)) return std::nullopt;
    apdu.data.assign(body.begin() + 1, body.begin() + 1 + static_cast<std::ptrdiff_t>(lc));
    if (body.size() == 2 + lc) apdu.le = body.back();
    return apdu;
}

base::Bytes encode(const ResponseApdu& apdu) {
    base::Bytes out = apdu.data;
    out.push_back(static_cast<std::uint8_t>(apdu.sw >> 8U));
    out.push_back(static_cast<std::uint8_t>(apdu.sw & 0xFFU));
    return out;
}

base::Result<ResponseApdu> decode_response(base::ByteView bytes) {
    if (bytes.size() < 2) return base::Error{base::Fault::card_left, "an answer without a status word"};
    const auto data = bytes.first(bytes.size() - 2);
    const auto status = bytes.last(2);
    return ResponseApdu{{data.begin(), data.end()}, static_cast<std::uint16_t>(status[0] << 8U | status[1])};
}

std::optional<base::Error> reader_fault(std::uint16_t status) {
    using base::Fault;
    if (status == sw::ok) return std::nullopt;
    switch (status) {
        case 0x6300:
        case 0x6301:
        case 0x6400:
        case 0x6401:
            return base::Error{Fault::timeout, describe(status)};
        case 0x698A:
            return base::Error{Fault::reader_busy, describe(status)};
        default:
            break;
    }
    switch (status >> 8U) {
        case 0x67:
        case 0x68:
        case 0x69:
        case 0x6A:
        case 0x6B:
        case 0x6C:
        case 0x6D:
        case 0x6E:
        case 0x6F:
            return base::Error{Fault::unsupported, describe(status)};
        default:
            return base::Error{Fault::malformed, describe(status)};
    }
}

base::Bytes get_uid() { return {0xFF, 0xCA, 0x00, 0x00, 0x00}; }

base::Bytes direct_command(base::ByteView frame) {
    return encode(CommandApdu{0xFF, 0x00, 0x00, 0x00, {frame.begin(), frame.end()}, {}});
}

bool more_to_fetch(std::uint16_t status) { return status >> 8U == 0x61; }
base::Bytes fetch(std::uint8_t size) { return encode(CommandApdu{0xFF, 0xC0, 0x00, 0x00, {}, size}); }

base::Bytes select_payment_directory() {
    const auto name = base::as_bytes("2PAY.SYS.DDF01");
    return encode(CommandApdu{0x00, 0xA4, 0x04, 0x00, {name.begin(), name.end()}, 0x00});
}
bool selected(std::uint16_t status) { return status == sw::ok || status >> 8U == 0x62 || more_to_fetch(status); }

}  // namespace kazashi::protocol
