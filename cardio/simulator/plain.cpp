// A reader that gives no way to a frame: IDm, PMm, and one block at a time. Source: reference felica.md §3.2.
#include "cardio/simulator/block_access.h"
#include "cardio/simulator/reader_model.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

class Plain final : public ReaderModel {
public:
    base::Bytes answer(const protocol::CommandApdu& apdu, Field& field) override {
        if (apdu.ins == 0xCA && apdu.p1 == 0x00) return uid_answer(field);
        if (apdu.ins == 0xCA && apdu.p1 == 0x01 && field.felica()) return success(field.felica()->pmm().view());
        if (apdu.ins == 0xCA) return status(word::not_supported);
        if (auto out = blocks_.answer(apdu, field)) return std::move(*out);
        return status(word::unknown_instruction);
    }
    void power_off() override { blocks_.power_off(); }

private:
    BlockAccess blocks_;
};

}  // namespace

std::unique_ptr<ReaderModel> make_plain() { return std::make_unique<Plain>(); }

}  // namespace kazashi::simulator
