#include "cardio/protocol/transparent.h"

#include <algorithm>
#include <array>
#include <optional>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/tlv.h"

namespace kazashi::protocol {

namespace {

base::Bytes session_apdu(std::uint8_t p2, base::Bytes objects) {
    return encode(CommandApdu{0xFF, 0xC2, 0x00, p2, std::move(objects), {}});
}

// The C0 object: position of the object that failed, then a status word.
std::optional<base::Error> status_fault(base::ByteView value) {
    if (value.size() != 3) return base::Error{base::Fault::malformed, "a C0 object has three bytes"};
    return reader_fault(static_cast<std::uint16_t>(value[1] << 8U | value[2]));
}

base::Result<base::Bytes> parse(base::ByteView answer) {
    KAZASHI_TRY(const auto apdu, decode_response(answer));
    if (const auto fault = reader_fault(apdu.sw)) return *fault;
    const auto objects = walk_tlv(apdu.data);
    if (!objects) return base::Error{base::Fault::malformed, "objects that do not end with the answer"};
    base::Bytes frame;
    for (const auto& object : *objects) {
        if (object.tag == tag::status) {
            if (const auto fault = status_fault(object.value)) return *fault;
        } else if (object.tag == tag::response) {
            frame.assign(object.value.begin(), object.value.end());
        }
    }
    return frame;
}

}  // namespace

base::Bytes transparent_start() { return session_apdu(transparent_manage, {tag::start_session, 0x00}); }
base::Bytes transparent_end() { return session_apdu(transparent_manage, {tag::end_session, 0x00}); }
base::Bytes transparent_felica() {
    return session_apdu(transparent_switch, {tag::switch_protocol, 0x02, protocol_felica, 0x00});
}

base::Bytes transparent_exchange_apdu(base::ByteView frame, std::chrono::microseconds timeout) {
    const auto wait = static_cast<std::uint32_t>(timeout.count());
    std::array<std::uint8_t, 4> micros{};
    for (unsigned i = 0; i < micros.size(); ++i) micros[i] = static_cast<std::uint8_t>(wait >> (8U * i) & 0xFFU);
    base::Bytes objects;
    append_tlv(objects, tag::timer, micros);
    append_tlv(objects, tag::transceive, frame);
    return encode(CommandApdu{0xFF, 0xC2, 0x00, transparent_exchange, std::move(objects), std::uint8_t{0}});
}

base::Status parse_transparent_status(base::ByteView answer) {
    KAZASHI_TRY(const auto frame, parse(answer));
    static_cast<void>(frame);
    return base::ok();
}

base::Result<base::Bytes> parse_transparent_exchange(base::ByteView answer) {
    KAZASHI_TRY(auto frame, parse(answer));
    if (frame.empty()) return base::Error{base::Fault::timeout, "the reader answered without a card's frame"};
    return frame;
}

}  // namespace kazashi::protocol
