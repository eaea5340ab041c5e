#include "cardio/simulator/card_reader.h"

#include <algorithm>
#include <array>

#include "cardio/protocol/atr.h"
#include "cardio/protocol/transparent.h"
#include "cardio/simulator/tuning.h"

namespace kazashi::simulator {

namespace {

using protocol::CommandApdu;

constexpr std::uint16_t no_answer = 0x6300;
constexpr std::uint16_t unknown_instruction = 0x6D00;
constexpr std::uint16_t unknown_class = 0x6E00;
constexpr std::uint16_t not_supported = 0x6A81;

// Invented: a visibly wrong chip serial, and the historical bytes of a payment card's ATS.
constexpr std::array<std::uint8_t, 4> bank_uid{0x08, 0x11, 0x22, 0x33};
constexpr std::array<std::uint8_t, 10> bank_historical{0x80, 0x31, 0x80, 0x66, 0xB0, 0x84, 0x12, 0x01, 0x6E, 0x01};

base::Bytes status(std::uint16_t word) { return encode(protocol::ResponseApdu{{}, word}); }
base::Bytes success(base::ByteView data) {
    return encode(protocol::ResponseApdu{{data.begin(), data.end()}, protocol::sw::ok});
}

void append_status_object(base::Bytes& to, std::uint8_t position, std::uint16_t word) {
    protocol::append_tlv(
        to, protocol::tag::status,
        std::array{position, static_cast<std::uint8_t>(word >> 8U), static_cast<std::uint8_t>(word & 0xFFU)});
}

base::Bytes session_status(std::uint8_t position, std::uint16_t word) {
    base::Bytes objects;
    append_status_object(objects, position, word);
    return success(objects);
}

}  // namespace

void CardReader::lay(std::unique_ptr<FelicaCard> card) { lay(std::move(card), nullptr); }

void CardReader::lay(std::unique_ptr<FelicaCard> card, std::unique_ptr<FelicaCard> second) {
    take();
    cards_.push_back(std::move(card));
    if (second) cards_.push_back(std::move(second));
}

void CardReader::lay_bank_card() {
    take();
    bank_ = true;
}

void CardReader::take() {
    const auto dialect = dialect_;
    *this = CardReader{dialect};
}

void CardReader::leave() {
    auto heard = std::move(heard_);
    const auto exchanges = exchanges_;
    take();
    heard_ = std::move(heard);
    exchanges_ = exchanges;
}

void CardReader::power_off() {
    for (const auto& card : cards_) card->power_off();
    session_ = felica_ = false;
}

base::Bytes CardReader::atr() const {
    if (bank_) return protocol::iso14443_4_atr(bank_historical);
    return cards_.empty() ? base::Bytes{} : protocol::felica_atr();
}

std::optional<base::Bytes> CardReader::transmit(base::ByteView bytes) {
    if (!occupied()) return std::nullopt;
    const auto apdu = protocol::decode_command(bytes);
    if (!apdu) return status(protocol::sw::wrong_length);
    auto out = answer(*apdu);
    if (vanished_) return std::nullopt;
    return out;
}

base::Bytes CardReader::answer(const CommandApdu& apdu) {
    constexpr std::uint8_t select = 0xA4;
    if (apdu.cla != 0xFF) {
        if (bank_ && apdu.ins == select) return status(protocol::sw::not_found);
        return status(unknown_class);
    }
    if (apdu.ins == 0xCA) return get_data(apdu);
    if (apdu.ins == 0x00 && dialect_ == protocol::Dialect::direct) return direct(apdu);
    if (apdu.ins == 0xC2 && dialect_ == protocol::Dialect::transparent) return transparent(apdu);
    return status(unknown_instruction);
}

base::Bytes CardReader::get_data(const CommandApdu& apdu) const {
    if (apdu.p1 == 0x00) return bank_ ? success(bank_uid) : success(cards_[0]->idm().view());
    if (apdu.p1 == 0x01 && !bank_) return success(cards_[0]->pmm().view());
    return status(not_supported);
}

base::Bytes CardReader::direct(const CommandApdu& apdu) {
    if (apdu.data.empty()) return status(protocol::sw::wrong_length);
    const auto answer = exchange(apdu.data);
    return answer ? success(*answer) : status(no_answer);
}

base::Bytes CardReader::transparent(const CommandApdu& apdu) {
    constexpr std::uint16_t no_session = 0x6985;
    const auto objects = protocol::walk_tlv(apdu.data);
    if (!objects || objects->empty()) return status(protocol::sw::wrong_length);
    const auto& first = objects->front();
    if (apdu.p2 == protocol::transparent_manage) {
        if (first.tag == protocol::tag::start_session) session_ = true;
        if (first.tag == protocol::tag::end_session) session_ = felica_ = false;
        return session_status(0, protocol::sw::ok);
    }
    if (!session_) return session_status(1, no_session);
    if (apdu.p2 == protocol::transparent_switch) {
        const bool to_felica = first.tag == protocol::tag::switch_protocol && first.value.size() == 2 &&
                               first.value[0] == protocol::protocol_felica && !bank_;
        felica_ = felica_ || to_felica;
        return session_status(to_felica ? 0 : 1, to_felica ? protocol::sw::ok : not_supported);
    }
    if (apdu.p2 == protocol::transparent_exchange && felica_) return transparent_exchange(*objects);
    return session_status(1, no_session);
}

base::Bytes CardReader::transparent_exchange(const std::vector<protocol::Tlv>& objects) {
    constexpr std::uint16_t card_silent = 0x6401;
    bool timer = false;
    Air answer;
    for (const auto& object : objects) {
        if (object.tag == protocol::tag::timer) timer = true;
        if (object.tag == protocol::tag::transceive) answer = exchange(object.value);
    }
    // Without a timer such readers wait 302 µs, and every FeliCa answer comes too late.
    if (!answer || !timer) return session_status(2, card_silent);
    base::Bytes out;
    append_status_object(out, 0, protocol::sw::ok);
    protocol::append_tlv(out, protocol::tag::last_bits, std::array<std::uint8_t, 1>{0x00});
    protocol::append_tlv(out, protocol::tag::reception, std::array<std::uint8_t, 2>{0x00, 0x00});
    protocol::append_tlv(out, protocol::tag::response, *answer);
    return success(out);
}

CardReader::Air CardReader::exchange(base::ByteView frame) {
    ++exchanges_;
    if (leaves_at_ && exchanges_ >= *leaves_at_) {
        vanished_ = true;
        return std::nullopt;
    }
    auto answer = on_air(frame);
    if (answer) listen(frame, *answer);
    return answer;
}

// One card answers a Polling: with two on the reader now this one, now the other, as time slots would have it.
CardReader::Air CardReader::on_air(base::ByteView frame) {
    const bool polling = frame.size() >= 2 && frame[1] == protocol::code::polling;
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        const std::size_t which = (next_to_poll_ + i) % cards_.size();
        auto answer = cards_[which]->answer(frame);
        if (!answer) continue;
        if (polling) next_to_poll_ = which + 1;
        return answer;
    }
    return std::nullopt;
}

void CardReader::listen(base::ByteView frame, base::ByteView answer) {
    namespace block = protocol::lite_s;
    const auto command = take_apart(frame);
    if (!command || command->elements.empty()) return;
    const auto last = command->elements.back().block;
    const bool one = command->elements.size() == 1;
    if (command->code == protocol::code::write && one && last == block::rc) {
        rc_.emplace();
        std::copy(command->data.begin(), command->data.end(), rc_->bytes.begin());
    }
    if (command->code != protocol::code::read || last != block::mac_a || !rc_ || heard_.size() >= tuning::heard) return;
    const auto blocks = protocol::parse_read(answer, command->idm, command->elements.size());
    if (!blocks) return;
    Heard heard{*rc_, {}};
    std::copy_n(blocks->back().bytes.begin(), heard.mac.size(), heard.mac.begin());
    heard_.push_back(heard);
}

}  // namespace kazashi::simulator
