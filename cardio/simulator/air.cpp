#include "cardio/simulator/air.h"

#include <charconv>

#include "cardio/simulator/felica_card.h"

namespace kazashi::simulator {

using std::chrono::microseconds;

namespace {

constexpr std::size_t around = 10;  // preamble, sync and CRC of one frame
constexpr microseconds first_slot = microseconds{2417} + slot_width;

}  // namespace

microseconds Air::transfer(std::size_t frame, std::size_t answer) const {
    if (kbps == 0) return microseconds{0};
    const auto octets = frame + around + (answer > 0 ? answer + around : 0);
    // The carrier is divided by 64 or 32: 212 kbps are 211.875.
    const std::uint64_t per_octet_ns = kbps == 212 ? 37758 : 18879;
    return microseconds{octets * per_octet_ns / 1000};
}

microseconds response_time(const protocol::Pmm& pmm, base::ByteView frame) {
    if (frame.size() >= 2 && frame[1] == protocol::code::polling) return first_slot;
    const auto command = take_apart(frame);
    return command ? protocol::response_budget(pmm, command->code, command->elements.size()) : microseconds{0};
}

std::optional<microseconds> parse_latency(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view unit{end, text.size() - static_cast<std::size_t>(end - text.data())};
    if (error != std::errc{} || value > 1'000'000) return std::nullopt;
    if (unit == "us") return microseconds{value};
    if (unit == "ms" && value <= 1000) return microseconds{value * 1000};
    return std::nullopt;
}

}  // namespace kazashi::simulator
