// ACR122U: what stands in FF 00 00 00 goes to a PN532. Its ATR names FeliCa in its own way. The older firmware speaks
// T=0: an answer with data has to be fetched. One with a small buffer loses an answer of four blocks.
// Source: reference felica.md §3.1, §3.6, §8.
#include <array>

#include "cardio/protocol/atr.h"
#include "cardio/simulator/pn532_chip.h"
#include "cardio/simulator/reader_model.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::size_t usual_buffer = 262;
constexpr std::size_t small_buffer = 64;
constexpr std::array<std::uint8_t, 15> felica_212{0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06,
                                                  0x03, 0xF0, 0x11, 0x00, 0x00, 0x00, 0x00};

class Acr122u final : public ReaderModel {
public:
    explicit Acr122u(Acr122uFirmware firmware)
        : t0_{firmware == Acr122uFirmware::old_t0},
          chip_{firmware == Acr122uFirmware::small_buffer ? small_buffer : usual_buffer} {
        chip_.found();
    }

    base::Bytes answer(const protocol::CommandApdu& apdu, Field& field) override {
        if (apdu.ins == 0xC0 && t0_) return fetch(apdu);
        waiting_.clear();
        if (apdu.ins == 0xCA) return apdu.p1 == 0x00 ? uid_answer(field) : status(word::not_supported);
        if (apdu.ins != 0x00 || apdu.p1 != 0x00 || apdu.p2 != 0x00) return status(word::unknown_instruction);
        const auto said = chip_.answer(apdu.data, field);
        if (!said) return status(word::no_answer);
        if (!t0_) return success(*said);
        waiting_ = *said;
        return status(static_cast<std::uint16_t>(0x6100U | (waiting_.size() & 0xFFU)));
    }
    void power_off() override {
        waiting_.clear();
        chip_.found();
    }
    base::Bytes felica_atr() const override {
        if (!t0_) return protocol::iso14443_4_atr(felica_212);
        base::Bytes atr{0x3B, static_cast<std::uint8_t>(felica_212.size())};  // no TD1: T=0 alone, and no TCK
        base::append(atr, felica_212);
        return atr;
    }

private:
    base::Bytes fetch(const protocol::CommandApdu& apdu) {
        if (waiting_.empty()) return status(word::no_answer);
        const std::size_t asked = apdu.le.value_or(0) == 0 ? 256 : *apdu.le;
        if (asked < waiting_.size()) return status(word::wrong_length);
        return success(std::exchange(waiting_, {}));
    }

    bool t0_;
    Pn532Chip chip_;
    base::Bytes waiting_;
};

}  // namespace

std::unique_ptr<ReaderModel> make_acr122u(Acr122uFirmware firmware) { return std::make_unique<Acr122u>(firmware); }

}  // namespace kazashi::simulator
