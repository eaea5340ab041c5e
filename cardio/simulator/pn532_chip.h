// A PN532: its commands (D4 …) and their answers (D5 …), however they reach it. As far as a FeliCa reader and libnfc
// use it. Source: NXP UM0701-02; reference felica.md §3.6, §6.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "cardio/simulator/field.h"

namespace kazashi::simulator {

class Pn532Chip {
public:
    // `buffer` is how long an answer may be; a longer one from the card is lost with status 07.
    explicit Pn532Chip(std::size_t buffer) : buffer_{buffer} {}

    // nullopt: not a command it knows.
    std::optional<base::Bytes> answer(base::ByteView command, Field& field);
    // Found by the reader's own polling, as an ACR122U does before it reports a card.
    void found() { listed_ = 1; }
    void power_off() { listed_ = 0; }

private:
    base::Bytes list_targets(base::ByteView parameters, Field& field);
    base::Bytes list_felica(base::ByteView parameters, Field& field);
    base::Bytes list_type_a(Field& field);
    base::Bytes exchange(base::ByteView parameters, Field& field);
    base::Bytes through(base::ByteView parameters, Field& field);
    base::Bytes carry(std::uint8_t code, base::ByteView data, Field& field) const;
    base::Bytes read_registers(base::ByteView addresses) const;
    base::Bytes write_registers(base::ByteView pairs);
    base::Bytes configure(base::ByteView parameters, Field& field);

    std::size_t buffer_;
    std::size_t listed_{0};
    bool type_a_{false};
    std::map<std::uint16_t, std::uint8_t> registers_;
};

}  // namespace kazashi::simulator
