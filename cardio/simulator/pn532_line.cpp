#include "cardio/simulator/pn532_line.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace kazashi::simulator {

namespace {

constexpr std::array<std::uint8_t, 2> start{0x00, 0xFF};
constexpr std::array<std::uint8_t, 6> ack{0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00};
constexpr std::array<std::uint8_t, 8> error_frame{0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00};
constexpr std::size_t most_unread = 4096;

std::uint8_t sum(base::ByteView octets) {
    return std::accumulate(octets.begin(), octets.end(), std::uint8_t{0},
                           [](unsigned a, unsigned b) { return static_cast<std::uint8_t>(a + b); });
}
std::uint8_t complement(unsigned value) { return static_cast<std::uint8_t>(0x100U - (value & 0xFFU)); }

base::Bytes frame_of(base::ByteView information) {
    base::Bytes out{0x00, 0x00, 0xFF};
    const auto size = information.size();
    if (size <= 0xFF) {
        out.push_back(static_cast<std::uint8_t>(size));
        out.push_back(complement(static_cast<unsigned>(size)));
    } else {
        const std::array<std::uint8_t, 2> length{static_cast<std::uint8_t>(size >> 8U),
                                                 static_cast<std::uint8_t>(size & 0xFFU)};
        base::append(out, std::array<std::uint8_t, 2>{0xFF, 0xFF});
        base::append(out, length);
        out.push_back(complement(sum(length)));
    }
    base::append(out, information);
    out.push_back(complement(sum(information)));
    out.push_back(0x00);
    return out;
}

}  // namespace

// nullopt: not whole yet.
std::optional<Pn532Line::Frame> Pn532Line::next() const {
    const base::ByteView all{unread_};
    const auto found = std::search(unread_.begin(), unread_.end(), start.begin(), start.end());
    if (found == unread_.end()) return std::nullopt;
    auto at = static_cast<std::size_t>(found - unread_.begin()) + start.size();
    if (all.size() < at + 2) return std::nullopt;
    const auto length = all.subspan(at, 2);
    at += 2;
    if (length[0] == 0x00 && length[1] == 0xFF) return Frame{at, {}, Frame::Kind::ack};
    if (length[0] == 0xFF && length[1] == 0x00) return Frame{at, {}, Frame::Kind::nack};
    std::size_t size = length[0];
    bool good = sum(length) == 0;
    if (length[0] == 0xFF && length[1] == 0xFF) {
        if (all.size() < at + 3) return std::nullopt;
        size = static_cast<std::size_t>(all[at]) << 8U | all[at + 1];
        good = sum(all.subspan(at, 3)) == 0;
        at += 3;
    }
    if (!good || size > most_unread / 2) return Frame{at, {}, Frame::Kind::damaged};
    if (all.size() < at + size + 1) return std::nullopt;
    good = sum(all.subspan(at, size + 1)) == 0;
    return Frame{at + size + 1, all.subspan(at, size), good ? Frame::Kind::information : Frame::Kind::damaged};
}

Pn532Line::Output Pn532Line::take(base::ByteView octets, Field& field) {
    base::append(unread_, octets);
    Output output;
    while (const auto frame = next()) {
        switch (frame->kind) {
            case Frame::Kind::information:
                obey(frame->information, field, output);
                break;
            case Frame::Kind::nack:
                base::append(output.now, last_);
                break;
            case Frame::Kind::ack:      // the host gives up waiting; the answer has been said
            case Frame::Kind::damaged:  // not acknowledged, so the host tries again
                break;
        }
        unread_.erase(unread_.begin(), unread_.begin() + static_cast<std::ptrdiff_t>(frame->end));
    }
    // A wake-up is octets that begin no frame.
    if (unread_.size() > most_unread) unread_.clear();
    return output;
}

void Pn532Line::obey(base::ByteView information, Field& field, Output& output) {
    base::append(output.now, ack);
    const auto answer = chip_.answer(information, field);
    last_ = answer ? frame_of(*answer) : base::Bytes{error_frame.begin(), error_frame.end()};
    base::append(output.answer, last_);
}

}  // namespace kazashi::simulator
