#include "cardio/simulator/reader_model.h"

#include <array>

#include "cardio/protocol/atr.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::array<std::uint8_t, 4> storage_uid{0x08, 0x44, 0x55, 0x66};  // 08: a serial number made at random

}  // namespace

base::Bytes ReaderModel::felica_atr() const { return protocol::felica_atr(); }

std::unique_ptr<ReaderModel> make_reader_model(ReaderKind kind) {
    switch (kind) {
        case ReaderKind::acr1252:
            return make_acr1252();
        case ReaderKind::rcs300:
            return make_rcs300();
        case ReaderKind::acr122u:
            return make_acr122u(Acr122uFirmware::usual);
        case ReaderKind::acr122u_t0:
            return make_acr122u(Acr122uFirmware::old_t0);
        case ReaderKind::acr122u_64:
            return make_acr122u(Acr122uFirmware::small_buffer);
        case ReaderKind::identiv:
            return make_identiv(IdentivOrder::low_first);
        case ReaderKind::identiv_be:
            return make_identiv(IdentivOrder::high_first);
        case ReaderKind::plain:
            return make_plain();
    }
    return nullptr;
}

base::Bytes uid_answer(const Field& field) {
    if (field.felica()) return success(field.felica()->idm().view());
    if (field.processor()) return success(field.processor()->uid());
    return success(storage_uid);
}

}  // namespace kazashi::simulator
