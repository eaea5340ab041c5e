#include "cardio/simulator/card_reader.h"

#include "cardio/protocol/atr.h"
#include "cardio/simulator/bank_card.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

// PC/SC Part 3: a storage card, ISO 14443 A, MIFARE Classic 1K.
constexpr std::array<std::uint8_t, 15> mifare{0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06,
                                              0x03, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00};

}  // namespace

CardReader::CardReader(ReaderKind kind) : model_{make_reader_model(kind)} {}

void CardReader::lay(Cards cards) {
    calm();
    model_->power_off();
    field_.lay(std::move(cards));
    apdus_ = 0;
    took_ = spent_ = std::chrono::microseconds{0};
}

void CardReader::swap(Cards cards) { field_.swap(std::move(cards)); }

void CardReader::lay(std::shared_ptr<FelicaCard> card, std::shared_ptr<FelicaCard> second) {
    Cards cards{{std::move(card)}};
    if (second) cards.felica.push_back(std::move(second));
    lay(std::move(cards));
}

void CardReader::lay_bank_card() { lay(std::make_shared<BankCard>()); }

void CardReader::disturb(Disturbance disturbance) {
    if (disturbance.layer == Disturbance::Layer::card) return field_.disturb(std::move(disturbance));
    disturbances_.add(std::move(disturbance));
}

void CardReader::calm() {
    field_.calm();
    disturbances_.clear();
}

void CardReader::take() { lay(Cards{}); }

void CardReader::power_off() {
    field_.power_off();
    model_->power_off();
}

base::Bytes CardReader::atr() const {
    if (field_.felica()) return model_->felica_atr();
    if (field_.processor()) return protocol::iso14443_4_atr(field_.processor()->historical());
    return field_.empty() ? base::Bytes{} : protocol::iso14443_4_atr(mifare);
}

std::optional<base::Bytes> CardReader::transmit(base::ByteView apdu) {
    if (!occupied()) return std::nullopt;
    ++apdus_;
    auto outcome = disturbances_.pass(Disturbances::Form::apdu, apdu, [&] { return answer(apdu); });
    const bool silent = !outcome.answer && !outcome.left && !field_.vanished();
    took_ = field_.take_spent() + field_.air().usb + outcome.delay;
    spent_ += took_;
    if (outcome.left || field_.vanished()) return std::nullopt;
    return silent ? status(word::no_answer) : std::move(outcome.answer);
}

std::optional<base::Bytes> CardReader::answer(base::ByteView bytes) {
    constexpr std::uint8_t of_the_reader = 0xFF;
    if (bytes.empty() || bytes[0] != of_the_reader) {
        if (!field_.processor()) return status(bytes.size() < 4 ? word::wrong_length : word::unknown_class);
        auto said = field_.command(bytes);
        return said ? std::move(*said) : status(word::card_error);
    }
    const auto apdu = protocol::decode_command(bytes);
    return apdu ? model_->answer(*apdu, field_) : status(word::wrong_length);
}

}  // namespace kazashi::simulator
