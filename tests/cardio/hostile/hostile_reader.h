// A reader in this process whose exchanges can be spoilt, with time as a real one would take it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cardio/reader/conversation.h"
#include "cardio/simulator/card_reader.h"
#include "tests/cardio/cards.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/sanitizer.h"

namespace kazashi::test {

class HostileReader final : public reader::ApduLink {
public:
    explicit HostileReader(simulator::ReaderKind kind) : reader_{kind} {
        reader_.set_air({212, std::chrono::milliseconds{3}});
    }

    base::Result<base::Bytes> transmit(base::ByteView apdu) override {
        auto answer = reader_.transmit(apdu);
        clock_.pass(reader_.took());
        if (!answer) return base::Error{base::Fault::card_left, "the card has left"};
        lengths_.push_back(answer->size());
        // As SCardTransmit: success with nothing in it is a card torn off.
        if (answer->size() < 2) return base::Error{base::Fault::card_left, "no status word"};
        return std::move(*answer);
    }

    simulator::CardReader& reader() { return reader_; }
    const fakes::FakeClock& clock() const { return clock_; }
    std::size_t longest_answer() const {
        return lengths_.empty() ? 0 : *std::max_element(lengths_.begin(), lengths_.end());
    }

private:
    simulator::CardReader reader_;
    fakes::FakeClock clock_;
    std::vector<std::size_t> lengths_;
};

#ifdef KAZASHI_ASAN
inline constexpr unsigned stride = 29;  // of bits and lengths: the sanitizer makes each exchange ten times as long
#else
inline constexpr unsigned stride = 1;
#endif

// Everything that may become of the `at`th exchange of a layer whose answers have at most `longest` octets.
inline std::vector<simulator::Disturbance> troubles(simulator::Disturbance::Layer layer, unsigned at,
                                                    std::size_t longest) {
    using Kind = simulator::Disturbance::Kind;
    std::vector<simulator::Disturbance> out;
    const auto add = [&](Kind kind, unsigned amount, unsigned times, base::Bytes bytes = {}) {
        out.push_back({kind, at, times, layer, amount, std::move(bytes)});
    };
    for (const unsigned times : {1U, 2U, 1000U}) {
        add(Kind::silence, 1, times);
        add(Kind::lost_answer, 1, times);
        add(Kind::other_card, 1, times);
        for (const auto status :
             {0x01A6U, 0xFFA1U, 0x01A2U, 0x02B2U, 0x01B1U, 0x0071U, 0xFF70U, 0x6300U, 0x6A81U, 0x6F00U, 0x61FFU})
            add(Kind::status, 1, times, {static_cast<std::uint8_t>(status >> 8U), static_cast<std::uint8_t>(status)});
    }
    add(Kind::leave, 1, 1);
    const auto most = static_cast<unsigned>(longest);
    for (unsigned amount = 1; amount <= most; amount += stride) add(Kind::truncate, amount, 1);
    for (const unsigned amount : {1U, 2U, 16U, 200U}) add(Kind::lengthen, amount, 1);
    for (unsigned bit = 0; bit < 8 * most; bit += stride) add(Kind::flip, bit, 1);
    for (const unsigned milliseconds : {50U, 900U, 5000U}) add(Kind::delay, milliseconds, 1);
    add(Kind::replace, 1, 1, {});
    add(Kind::replace, 1, 1, base::Bytes(255, 0xFF));
    return out;
}

inline std::chrono::microseconds ordered_delay(const simulator::Disturbance& trouble) {
    if (trouble.kind != simulator::Disturbance::Kind::delay) return {};
    return std::chrono::milliseconds{trouble.amount};
}

}  // namespace kazashi::test
