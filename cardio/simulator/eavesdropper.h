// What anybody near a reader can hear: challenges, and the MAC_A a card gave to them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/card/card.h"

namespace kazashi::simulator {

struct Heard {
    card::Challenge rc;
    std::array<std::uint8_t, 8> mac{};
    bool operator==(const Heard&) const = default;
};

class Eavesdropper {
public:
    void listen(base::ByteView frame, base::ByteView answer);
    const std::vector<Heard>& heard() const { return heard_; }

private:
    std::optional<card::Challenge> rc_;
    std::vector<Heard> heard_;
};

}  // namespace kazashi::simulator
