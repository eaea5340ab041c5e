// Sony RC-S300: the transparent session, single blocks, and GET DATA that knows the PMm.
// Source: reference felica.md §3.2, §3.3.
#include <array>

#include "cardio/simulator/block_access.h"
#include "cardio/simulator/reader_model.h"
#include "cardio/simulator/status_words.h"
#include "cardio/simulator/transparent_session.h"

namespace kazashi::simulator {

namespace {

class RcS300 final : public ReaderModel {
public:
    base::Bytes answer(const protocol::CommandApdu& apdu, Field& field) override {
        if (apdu.ins == 0xCA) return get_data(apdu.p1, field);
        if (apdu.ins == 0xC2) return session_.answer(apdu, field);
        if (auto out = blocks_.answer(apdu, field)) return std::move(*out);
        return status(word::unknown_instruction);
    }
    void power_off() override {
        session_.power_off();
        blocks_.power_off();
    }

private:
    static base::Bytes get_data(std::uint8_t what, const Field& field) {
        constexpr std::uint8_t pmm = 0x01;
        constexpr std::uint8_t rate = 0xF2;
        if (what == 0x00) return uid_answer(field);
        if (what == pmm && field.felica()) return success(field.felica()->pmm().view());
        if (what == rate && field.felica()) return success(std::array<std::uint8_t, 1>{0x02});  // 212 kbps
        return status(word::not_supported);
    }

    TransparentSession session_{0x6401};
    BlockAccess blocks_;
};

}  // namespace

std::unique_ptr<ReaderModel> make_rcs300() { return std::make_unique<RcS300>(); }

}  // namespace kazashi::simulator
