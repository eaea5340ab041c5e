#include "cardio/simulator/jpki_card.h"

#include <array>

#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::array<std::uint8_t, 10> application{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};

namespace file {
constexpr std::uint16_t signing_certificate = 0x0001;  // of the other key: behind another PIN
constexpr std::uint16_t certificate = 0x000A;
constexpr std::uint16_t authority = 0x000B;
constexpr std::uint16_t token = 0x0006;
constexpr std::uint16_t key = 0x0017;
constexpr std::uint16_t pin = 0x0018;
}  // namespace file

constexpr std::uint8_t by_name = 0x04;
constexpr std::uint8_t under_application = 0x02;
constexpr std::uint8_t no_answer_wanted = 0x0C;
constexpr std::uint8_t selected_file = 0x80;

base::Bytes token_information() {
    base::Bytes out(0x20, 0x20);
    constexpr std::string_view text = "JPKIAPICCTOKEN2";
    std::copy(text.begin(), text.end(), out.begin());
    return out;
}

}  // namespace

JpkiCard::JpkiCard(IdCardKey key, std::shared_ptr<Pin> pin, ApduForms forms)
    : IsoCard{forms}, key_{std::move(key)}, pin_{std::move(pin)} {}

base::Bytes JpkiCard::uid() const { return {0x08, 0x4A, 0x50, 0x4B}; }
base::Bytes JpkiCard::historical() const { return {0x00, 0x00, 0x41, 0xE0, 0xB3, 0x81, 0xA1, 0x00}; }

void JpkiCard::power_off() {
    IsoCard::power_off();
    selected_ = verified_ = false;
    file_ = 0;
}

protocol::ResponseApdu JpkiCard::run(const IsoCommand& command) {
    if (command.ins == instruction::select) return select(command);
    if (!selected_) return say(word::no_session);
    switch (command.ins) {
        case instruction::read_binary:
            return read_file(command);
        case instruction::verify:
            return verify(command);
        case instruction::perform_security:
            return sign(command);
        default:
            return say(word::unknown_instruction);
    }
}

protocol::ResponseApdu JpkiCard::select(const IsoCommand& command) {
    if (command.p1 == by_name) {
        if (!base::equal(command.data, application)) return say(word::not_found);
        power_off();
        selected_ = true;
        return say(word::ok);
    }
    if (command.p1 != under_application || command.p2 != no_answer_wanted) return say(word::wrong_parameters);
    if (!selected_) return say(word::no_session);
    if (command.data.size() != 2) return say(word::wrong_length);
    const auto id = static_cast<std::uint16_t>(command.data[0] << 8U | command.data[1]);
    for (const auto known :
         {file::signing_certificate, file::certificate, file::authority, file::token, file::key, file::pin}) {
        if (id != known) continue;
        file_ = id;
        return say(word::ok);
    }
    return say(word::not_found);
}

protocol::ResponseApdu JpkiCard::read_file(const IsoCommand& command) const {
    if ((command.p1 & 0x80U) != 0) return say(word::wrong_parameters);
    const std::size_t offset = static_cast<std::size_t>(command.p1) << 8U | command.p2;
    switch (file_) {
        case file::certificate:
            return read(key_.certificate(), offset, command.le);
        case file::authority:
            return read(key_.authority(), offset, command.le);
        case file::token:
            return read(token_information(), offset, command.le);
        default:
            return say(word::no_security);
    }
}

protocol::ResponseApdu JpkiCard::verify(const IsoCommand& command) {
    if (command.p2 != selected_file || file_ != file::pin) return say(word::wrong_parameters);
    const auto sw = pin_->verify(command.data);
    if (!command.data.empty()) verified_ = sw == word::ok;
    return say(sw);
}

// The card pads; what it is given is a DigestInfo.
protocol::ResponseApdu JpkiCard::sign(const IsoCommand& command) const {
    if (command.p1 != 0x00 || command.p2 != 0x80) return say(word::wrong_parameters);
    if (file_ != file::key || !verified_) return say(word::no_security);
    auto signature = key_.sign(command.data, IdCardKey::Padding::by_card);
    if (!signature) return say(word::wrong_data);
    return {std::move(*signature), word::ok};
}

}  // namespace kazashi::simulator
