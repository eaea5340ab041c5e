// ACR1251, ACR1252, ACR1552: whole frames in FF 00 00 00, and the transparent session. GET DATA knows no PMm.
// Source: reference felica.md §3.5.
#include "cardio/simulator/reader_model.h"
#include "cardio/simulator/status_words.h"
#include "cardio/simulator/transparent_session.h"

namespace kazashi::simulator {

namespace {

class Acr1252 final : public ReaderModel {
public:
    base::Bytes answer(const protocol::CommandApdu& apdu, Field& field) override {
        if (apdu.ins == 0xCA) return apdu.p1 == 0x00 ? uid_answer(field) : status(word::not_supported);
        if (apdu.ins == 0xC2) return session_.answer(apdu, field);
        if (apdu.ins != 0x00 || apdu.p1 != 0x00 || apdu.p2 != 0x00) return status(word::unknown_instruction);
        if (apdu.data.empty()) return status(word::wrong_length);
        const auto said = field.exchange(apdu.data);
        return said ? success(*said) : status(word::no_answer);
    }
    void power_off() override { session_.power_off(); }

private:
    TransparentSession session_{0x6301};
};

}  // namespace

std::unique_ptr<ReaderModel> make_acr1252() { return std::make_unique<Acr1252>(); }

}  // namespace kazashi::simulator
