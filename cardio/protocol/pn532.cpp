#include "cardio/protocol/pn532.h"

#include <array>
#include <cassert>

#include "cardio/base/taker.h"
#include "cardio/protocol/apdu.h"

namespace kazashi::protocol {

namespace {

using base::Error;
using base::Fault;

constexpr std::uint8_t to_chip = 0xD4;
constexpr std::uint8_t from_chip = 0xD5;
namespace command {
constexpr std::uint8_t configure = 0x32;
constexpr std::uint8_t exchange = 0x40;
constexpr std::uint8_t through = 0x42;
constexpr std::uint8_t list = 0x4A;
}  // namespace command
constexpr std::uint8_t felica_212 = 0x01;

base::Bytes wrap(std::uint8_t which, base::ByteView parameters) {
    base::Bytes inside{to_chip, which};
    base::append(inside, parameters);
    return direct_command(inside);
}

// What follows D5 and the command's code plus one.
base::Result<base::ByteView> unwrap(base::ByteView answer, std::uint8_t which) {
    if (answer.size() < 2 || answer[0] != from_chip) return Error{Fault::unsupported, "not the answer of a PN532"};
    if (answer[1] != which + 1) return Error{Fault::malformed, "the answer belongs to another command of the PN532"};
    return answer.subspan(2);
}

Error chip_error(std::uint8_t status) {
    const std::string detail = "PN532 status " + base::to_hex(std::array{status});
    switch (status & 0x3FU) {  // the upper two bits are no error
        case 0x01:             // nobody answered
        case 0x0A:             // the field is not on
            return {Fault::timeout, detail};
        case 0x07:  // the chip's buffer
        case 0x09:  // the RF buffer
            return {Fault::limit, detail};
        default:  // CRC, parity, framing, a target that was released …: worth another try
            return {Fault::malformed, detail};
    }
}

base::Result<base::Bytes> card_frame(base::ByteView answer, std::uint8_t which) {
    KAZASHI_TRY(const auto body, unwrap(answer, which));
    if (body.empty()) return Error{Fault::malformed, "no status from the PN532"};
    if ((body[0] & 0x3FU) != 0) return chip_error(body[0]);
    if (body.size() == 1) return Error{Fault::timeout, "the PN532 answered without a card's frame"};
    return base::Bytes{body.begin() + 1, body.end()};
}

}  // namespace

base::Bytes pn532_no_retries() {
    constexpr std::uint8_t retries = 0x05;
    return wrap(command::configure, std::array<std::uint8_t, 4>{retries, 0x00, 0x00, 0x00});
}

base::Bytes pn532_list_target(base::ByteView polling) {
    assert(!polling.empty());
    base::Bytes parameters{0x01, felica_212};
    base::append(parameters, polling.subspan(1));  // without LEN
    return wrap(command::list, parameters);
}

base::Bytes pn532_exchange(base::ByteView frame) {
    base::Bytes parameters{0x01};  // the first target
    base::append(parameters, frame);
    return wrap(command::exchange, parameters);
}

base::Bytes pn532_through(base::ByteView frame) { return wrap(command::through, frame); }

base::Status parse_pn532_no_retries(base::ByteView answer) {
    KAZASHI_TRY(const auto body, unwrap(answer, command::configure));
    if (!body.empty()) return Error{Fault::malformed, "more than an acknowledgement from the PN532"};
    return base::ok();
}

base::Result<base::Bytes> parse_pn532_listed(base::ByteView answer) {
    KAZASHI_TRY(const auto body, unwrap(answer, command::list));
    base::Taker from{body};
    const auto targets = from.octet();
    if (!from.good) return Error{Fault::malformed, "no number of targets from the PN532"};
    if (targets == 0) return Error{Fault::timeout, "the PN532 lists no target"};
    static_cast<void>(from.octet());  // the target's number
    // LEN stands in the answer, though it was left out of the command.
    if (!from.good || from.rest.empty()) return Error{Fault::malformed, "a target without its answer"};
    const auto frame = from.bytes(from.rest.front());
    if (!from.good || frame.empty()) return Error{Fault::malformed, "a target's answer is cut"};
    return base::Bytes{frame.begin(), frame.end()};
}

base::Result<base::Bytes> parse_pn532_exchange(base::ByteView answer) { return card_frame(answer, command::exchange); }
base::Result<base::Bytes> parse_pn532_through(base::ByteView answer) { return card_frame(answer, command::through); }

}  // namespace kazashi::protocol
