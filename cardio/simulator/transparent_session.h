// The reader's side of the transparent session, FF C2. Source: PC/SC Part 3 supplement 2.02; felica.md §3.3, §3.5.
#pragma once

#include <cstdint>
#include <vector>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/tlv.h"
#include "cardio/simulator/field.h"

namespace kazashi::simulator {

class TransparentSession {
public:
    // `silent` is what this reader puts into C0 when no card answers; 90 00 stands at the end all the same.
    explicit TransparentSession(std::uint16_t silent) : silent_{silent} {}

    base::Bytes answer(const protocol::CommandApdu& apdu, Field& field);
    void power_off() { open_ = felica_ = false; }

private:
    base::Bytes manage(const std::vector<protocol::Tlv>& objects, Field& field);
    base::Bytes switch_protocol(const protocol::Tlv& object, const Field& field);
    base::Bytes exchange(const std::vector<protocol::Tlv>& objects, Field& field) const;

    std::uint16_t silent_;
    bool open_{false};
    bool felica_{false};
};

}  // namespace kazashi::simulator
