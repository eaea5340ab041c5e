// The firmware of one reader: what it makes of the pseudo-APDUs of class FF. One model per file.
// Source: reference felica.md §3.
#pragma once

#include <memory>

#include "cardio/protocol/apdu.h"
#include "cardio/simulator/field.h"
#include "cardio/simulator/reader_kind.h"

namespace kazashi::simulator {

class ReaderModel {
public:
    virtual ~ReaderModel() = default;
    virtual base::Bytes answer(const protocol::CommandApdu& apdu, Field& field) = 0;
    virtual void power_off() {}
    virtual base::Bytes felica_atr() const;  // of PC/SC Part 3
};

std::unique_ptr<ReaderModel> make_reader_model(ReaderKind kind);

// FF CA 00: the serial number of what the reader has found.
base::Bytes uid_answer(const Field& field);

std::unique_ptr<ReaderModel> make_acr1252();
std::unique_ptr<ReaderModel> make_rcs300();
enum class Acr122uFirmware { usual, old_t0, small_buffer };
std::unique_ptr<ReaderModel> make_acr122u(Acr122uFirmware firmware);
enum class IdentivOrder { low_first, high_first };  // of a service code
std::unique_ptr<ReaderModel> make_identiv(IdentivOrder order);
std::unique_ptr<ReaderModel> make_plain();

}  // namespace kazashi::simulator
