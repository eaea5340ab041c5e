#include "cardio/simulator/field.h"

#include <algorithm>

#include "cardio/simulator/tuning.h"

namespace kazashi::simulator {

void Field::lay(Cards cards) {
    swap(std::move(cards));
    vanished_ = false;
    exchanges_ = 0;
    ear_ = {};
    next_to_poll_ = 0;
}

void Field::swap(Cards cards) {
    cards_ = std::move(cards);
    power_off();  // whoever was out of the field has lost what is volatile
}

void Field::add(Cards cards) {
    cards_.felica.insert(cards_.felica.end(), cards.felica.begin(), cards.felica.end());
    if (cards.processor) cards_.processor = std::move(cards.processor);
    cards_.storage = cards_.storage || cards.storage;
}

void Field::leave() {
    power_off();
    cards_ = {};
    disturbances_.clear();
}

void Field::power_off() {
    for (const auto& card : cards_.felica) card->power_off();
    if (cards_.processor) cards_.processor->power_off();
}

Field::Answer Field::disturbed(Disturbances::Form form, base::ByteView command,
                               const std::function<Answer()>& exchange) {
    ++exchanges_;
    auto outcome = disturbances_.pass(form, command, exchange);
    vanished_ = vanished_ || outcome.left;
    spent_ += outcome.delay;
    return std::move(outcome.answer);
}

Field::Answer Field::exchange(base::ByteView frame, std::optional<std::chrono::microseconds> wait) {
    auto answer = disturbed(Disturbances::Form::felica, frame, [&] { return on_air(frame, wait); });
    spent_ += air_.transfer(frame.size(), answer ? answer->size() : 0);
    if (!answer && air_.kbps > 0) spent_ += wait.value_or(tuning::reader_waits);
    return answer;
}

// One card answers a Polling: with two on the reader now this one, now the other, as time slots would have it.
Field::Answer Field::on_air(base::ByteView frame, std::optional<std::chrono::microseconds> wait) {
    const bool polling = frame.size() >= 2 && frame[1] == protocol::code::polling;
    for (std::size_t i = 0; i < cards_.felica.size(); ++i) {
        const std::size_t which = (next_to_poll_ + i) % cards_.felica.size();
        auto& card = *cards_.felica[which];
        auto answer = card.answer(frame);
        if (!answer) continue;
        if (polling) next_to_poll_ = which + 1;
        const auto time = response_time(card.pmm(), frame);
        if (wait && *wait < time) return std::nullopt;  // carried out all the same
        if (air_.kbps > 0) spent_ += time;
        ear_.listen(frame, *answer);
        return answer;
    }
    return std::nullopt;
}

std::vector<base::Bytes> Field::poll(base::ByteView frame, std::size_t most) {
    std::vector<base::Bytes> answers;
    const auto first = exchange(frame);
    if (first) answers.push_back(*first);
    for (const auto& card : cards_.felica) {
        if (!first || answers.size() >= most) break;
        const auto answer = card->answer(frame);
        if (answer && std::find(answers.begin(), answers.end(), *answer) == answers.end()) answers.push_back(*answer);
    }
    return answers;
}

Field::Answer Field::command(base::ByteView apdu) {
    auto answer = disturbed(Disturbances::Form::apdu, apdu, [&]() -> Answer {
        if (!cards_.processor) return std::nullopt;
        return cards_.processor->answer(apdu);
    });
    // At 106 kbps, the rate every ISO 14443 card begins with.
    if (air_.kbps > 0) spent_ += 2 * Air{212, {}}.transfer(apdu.size(), answer ? answer->size() : 0);
    return answer;
}

}  // namespace kazashi::simulator
