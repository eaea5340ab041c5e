#include "cardio/simulator/bank_card.h"

#include <array>

#include "cardio/protocol/tlv.h"
#include "cardio/simulator/iso_command.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::string_view payment_environment = "2PAY.SYS.DDF01";

base::Bytes object(std::uint16_t tag, base::ByteView value) {
    base::Bytes out;
    protocol::append_tlv(out, tag, value);
    return out;
}

// 6F { 84 name, A5 { BF0C { 61 { 4F an application } } } }; the application's provider is invented.
base::Bytes file_control() {
    const base::Bytes application{0xF0, 0x4B, 0x41, 0x5A, 0x41, 0x53, 0x48, 0x49};
    const auto directory = object(0xBF0C, object(0x61, object(0x4F, application)));
    auto inside = object(0x84, base::as_bytes(payment_environment));
    base::append(inside, object(0xA5, directory));
    return object(0x6F, inside);
}

}  // namespace

base::Bytes BankCard::uid() const { return {0x08, 0x11, 0x22, 0x33}; }
base::Bytes BankCard::historical() const { return {0x80, 0x31, 0x80, 0x66, 0xB0, 0x84, 0x12, 0x01, 0x6E, 0x01}; }

base::Bytes BankCard::answer(base::ByteView apdu) {
    const auto command = take_apart_apdu(apdu);
    if (!command) return status(word::wrong_length);
    if (command->cla != 0x00) return status(word::unknown_class);
    if (command->ins != instruction::select) return status(word::unknown_instruction);
    const bool by_name = command->p1 == 0x04;
    if (!by_name || base::as_text(command->data) != payment_environment) return status(word::not_found);
    return success(file_control());
}

}  // namespace kazashi::simulator
