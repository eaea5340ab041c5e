// A reader made of fuzzer input, and time that moves with every look.
#pragma once

#include <algorithm>

#include "cardio/base/clock.h"
#include "cardio/reader/apdu_link.h"

namespace kazashi::fuzz {

// The input as pieces, each behind one or two octets (big-endian) with its length; nothing when it is used up.
class Pieces {
public:
    enum class Length { one_octet, two_octets };
    explicit Pieces(base::ByteView input, Length length = Length::one_octet) : rest_{input}, length_{length} {}
    bool empty() const { return rest_.empty(); }
    base::ByteView next() {
        std::size_t size = 0;
        for (int i = 0; i < (length_ == Length::one_octet ? 1 : 2) && !rest_.empty(); ++i) {
            size = size << 8U | rest_.front();
            rest_ = rest_.subspan(1);
        }
        const auto piece = rest_.first(std::min(size, rest_.size()));
        rest_ = rest_.subspan(piece.size());
        return piece;
    }

private:
    base::ByteView rest_;
    Length length_;
};

// Answers with one piece after the other. An empty piece is a card that has left.
class ScriptedLink final : public reader::ApduLink {
public:
    explicit ScriptedLink(Pieces pieces) : pieces_{pieces} {}
    base::Result<base::Bytes> transmit(base::ByteView) override {
        const auto piece = pieces_.next();
        if (piece.empty()) return base::Error{base::Fault::card_left, ""};
        return base::Bytes{piece.begin(), piece.end()};
    }

private:
    Pieces pieces_;
};

// So that limits of time are met too.
class JumpyClock final : public base::Clock {
public:
    base::UtcTime wall() const override { return {}; }
    base::SteadyTime boot() const override { return base::SteadyTime{std::chrono::milliseconds{ticks_ += 7}}; }

private:
    mutable std::int64_t ticks_{0};
};

}  // namespace kazashi::fuzz
