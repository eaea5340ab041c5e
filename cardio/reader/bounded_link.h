// A link that comes to an end, for a card that would answer for ever, one octet at a time.
#pragma once

#include <limits>

#include "cardio/reader/apdu_link.h"
#include "cardio/reader/patience.h"

namespace kazashi::reader {

class BoundedLink final : public ApduLink {
public:
    // After so many exchanges: limit, and nothing more is sent. `link` outlives this.
    BoundedLink(ApduLink& link, unsigned exchanges) : link_{link}, left_{exchanges} {}
    // After so long: timeout. It outlives this too.
    BoundedLink(ApduLink& link, const Patience& patience) : link_{link}, patience_{&patience} {}

    base::Result<base::Bytes> transmit(base::ByteView apdu) override {
        if (left_ == 0) return base::Error{base::Fault::limit, "a card that comes to no end"};
        if (patience_ != nullptr && patience_->over())
            return base::Error{base::Fault::timeout, "no time left for this card"};
        --left_;
        return link_.transmit(apdu);
    }

private:
    ApduLink& link_;
    unsigned left_{std::numeric_limits<unsigned>::max()};
    const Patience* patience_{nullptr};
};

}  // namespace kazashi::reader
