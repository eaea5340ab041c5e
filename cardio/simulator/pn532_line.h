// The PN532's frames on a serial line: wake-up, ACK and NACK, normal and extended information frames.
// Source: NXP UM0701-02, chapter 6.
#pragma once

#include <optional>

#include "cardio/simulator/pn532_chip.h"

namespace kazashi::simulator {

class Pn532Line {
public:
    // Octets from the host. What goes back at once: the ACK of each command; and its answer, which takes as long as the
    // card does.
    struct Output {
        base::Bytes now;
        base::Bytes answer;
    };
    Output take(base::ByteView octets, Field& field);

private:
    struct Frame {
        std::size_t end{};  // behind it in the octets
        base::ByteView information;
        enum class Kind { ack, nack, information, damaged } kind{};
    };
    std::optional<Frame> next() const;
    void obey(base::ByteView information, Field& field, Output& output);

    Pn532Chip chip_{262};
    base::Bytes unread_;
    base::Bytes last_;
};

}  // namespace kazashi::simulator
