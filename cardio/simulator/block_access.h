// FF A4, FF B0 and FF D6 of Sony's readers: a service is chosen, then one block at a time is read or written. The
// reader makes the frame for the card it has found itself. Source: reference felica.md §3.2.
#pragma once

#include <optional>

#include "cardio/protocol/apdu.h"
#include "cardio/simulator/field.h"

namespace kazashi::simulator {

class BlockAccess {
public:
    std::optional<base::Bytes> answer(const protocol::CommandApdu& apdu, Field& field);  // nullopt: not of these three
    void power_off() { service_.reset(); }

private:
    base::Bytes select(const protocol::CommandApdu& apdu);
    base::Bytes read(const protocol::CommandApdu& apdu, Field& field) const;
    base::Bytes write(const protocol::CommandApdu& apdu, Field& field) const;

    std::optional<std::uint16_t> service_;
};

}  // namespace kazashi::simulator
