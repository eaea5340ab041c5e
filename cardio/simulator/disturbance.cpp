#include "cardio/simulator/disturbance.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kazashi::simulator {

namespace {

using Kind = Disturbance::Kind;
using Answer = Disturbances::Answer;
using Form = Disturbances::Form;

constexpr std::array<std::pair<std::string_view, Kind>, 10> names{{{"silence", Kind::silence},
                                                                   {"lost_answer", Kind::lost_answer},
                                                                   {"leave", Kind::leave},
                                                                   {"truncate", Kind::truncate},
                                                                   {"lengthen", Kind::lengthen},
                                                                   {"flip", Kind::flip},
                                                                   {"delay", Kind::delay},
                                                                   {"other_card", Kind::other_card},
                                                                   {"status", Kind::status},
                                                                   {"replace", Kind::replace}}};
constexpr std::size_t idm_at = 2;
constexpr std::size_t idm_end = 10;
constexpr std::uint8_t other = 0x5A;

Answer refusal(Form form, base::ByteView command, const base::Bytes& flags) {
    if (form == Form::apdu) return flags;
    if (command.size() < idm_end) return std::nullopt;  // a Polling is not refused, only not answered
    base::Bytes frame{0x0C, static_cast<std::uint8_t>(command[1] + 1U)};
    base::append(frame, command.subspan(idm_at, idm_end - idm_at));
    base::append(frame, flags);
    return frame;
}

// In a frame the last octet of the IDm; elsewhere the last octet before the status word.
void rename(Form form, base::Bytes& answer) {
    const bool frame = form == Form::felica;
    if (answer.size() < (frame ? idm_end : 3)) return;
    auto& octet = frame ? answer[idm_end - 1] : answer[answer.size() - 3];
    octet = static_cast<std::uint8_t>(octet ^ other);
}

void flip(base::Bytes& answer, unsigned number) {
    if (answer.empty()) return;
    const auto bit = number % (answer.size() * 8);
    answer[bit / 8] = static_cast<std::uint8_t>(answer[bit / 8] ^ (1U << (bit % 8)));
}

void spoil(const Disturbance& by, Form form, base::Bytes& answer) {
    const auto cut = static_cast<std::ptrdiff_t>(std::min<std::size_t>(answer.size(), by.amount));
    if (by.kind == Kind::truncate) answer.erase(answer.end() - cut, answer.end());
    if (by.kind == Kind::lengthen) base::append(answer, base::Bytes(by.amount, other));
    if (by.kind == Kind::flip) flip(answer, by.amount);
    if (by.kind == Kind::other_card) rename(form, answer);
    if (by.kind == Kind::replace) answer = by.bytes;
}

}  // namespace

std::optional<Disturbance::Kind> disturbance_named(std::string_view text) {
    const auto* const found =
        std::find_if(names.begin(), names.end(), [text](const auto& one) { return one.first == text; });
    return found == names.end() ? std::nullopt : std::optional{found->second};
}

std::optional<Disturbance> Disturbances::due() {
    std::optional<Disturbance> found;
    for (auto& one : pending_) {
        if (one.at > 1) {
            --one.at;
        } else if (!found) {
            found = one;
            --one.times;
        }
    }
    pending_.erase(std::remove_if(pending_.begin(), pending_.end(), [](const auto& one) { return one.times == 0; }),
                   pending_.end());
    return found;
}

Disturbances::Outcome Disturbances::pass(Form form, base::ByteView command, const std::function<Answer()>& exchange) {
    const auto by = due();
    if (!by) return {exchange()};
    if (by->kind == Kind::silence) return {};
    if (by->kind == Kind::leave) return {std::nullopt, true};
    if (by->kind == Kind::status) return {refusal(form, command, by->bytes)};
    Outcome outcome{exchange()};
    if (by->kind == Kind::lost_answer) outcome.answer.reset();
    if (by->kind == Kind::delay) outcome.delay = std::chrono::milliseconds{by->amount};
    if (outcome.answer) spoil(*by, form, *outcome.answer);
    return outcome;
}

}  // namespace kazashi::simulator
