// A link to a virtual reader in this process: no PC/SC, but real APDUs and a real card model.
#pragma once

#include "cardio/reader/apdu_link.h"
#include "cardio/simulator/card_reader.h"

namespace kazashi::fakes {

class CardLink final : public reader::ApduLink {
public:
    explicit CardLink(simulator::CardReader& reader) : reader_{reader} {}

    base::Result<base::Bytes> transmit(base::ByteView apdu) override {
        ++apdus_;
        auto answer = reader_.transmit(apdu);
        if (!answer) return base::Error{base::Fault::card_left, "the virtual card has left"};
        if (lost_ > 0 && apdu[1] != 0xCA) {
            --lost_;
            return base::Bytes{0x63, 0x00};
        }
        return std::move(*answer);
    }
    unsigned apdus() const { return apdus_; }
    // The next answers from the air do not arrive, as at the edge of the field.
    void lose(unsigned answers) { lost_ = answers; }

private:
    simulator::CardReader& reader_;
    unsigned apdus_{0};
    unsigned lost_{0};
};

}  // namespace kazashi::fakes
