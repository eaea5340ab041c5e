#include "cardio/simulator/field.h"

#include <algorithm>

#include "cardio/simulator/tuning.h"

namespace kazashi::simulator {

void Field::lay(Cards cards) {
    swap(std::move(cards));
    vanished_ = false;
    exchanges_ = 0;
    ear_ = {};
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

Field::Answer Field::on_air(base::ByteView frame, std::optional<std::chrono::microseconds> wait) {
    if (frame.size() >= 6 && frame[1] == protocol::code::polling) return first_slot(frame);
    for (const auto& card : cards_.felica) {
        auto answer = card->answer(frame);
        if (!answer) continue;
        const auto time = response_time(card->pmm(), frame);
        if (wait && *wait < time) return std::nullopt;  // carried out all the same
        if (air_.kbps > 0) spent_ += time;
        ear_.listen(frame, *answer);
        return answer;
    }
    return std::nullopt;
}

// Every card that is meant answers in a time slot of its own choice; in the order of the slots.
std::vector<Field::Slot> Field::draw_slots(base::ByteView polling) {
    std::vector<Slot> slots;
    for (const auto& card : cards_.felica) {
        auto answer = card->answer(polling);
        if (!answer) continue;
        const auto number = static_cast<unsigned>(slots_() >> 8U) & polling[5];
        const auto same = std::find_if(slots.begin(), slots.end(), [&](const Slot& s) { return s.number == number; });
        if (same == slots.end())
            slots.push_back({number, std::move(answer)});
        else if (!nearer_wins_)
            same->answer.reset();
    }
    std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.number < b.number; });
    return slots;
}

// A reader takes what it hears first, be it garbled.
Field::Answer Field::first_slot(base::ByteView polling) {
    auto slots = draw_slots(polling);
    later_slots_.clear();
    if (slots.empty()) return std::nullopt;
    auto answer = std::move(slots.front().answer);
    if (air_.kbps > 0) spent_ += response_time({}, polling) + slots.front().number * slot_width;
    later_slots_.assign(std::make_move_iterator(slots.begin() + 1), std::make_move_iterator(slots.end()));
    if (answer) ear_.listen(polling, *answer);
    return answer;
}

std::vector<base::Bytes> Field::poll(base::ByteView frame, std::size_t most) {
    later_slots_.clear();
    std::vector<base::Bytes> answers;
    auto first = exchange(frame);
    if (!first) return answers;
    answers.push_back(std::move(*first));
    for (auto& slot : later_slots_)
        if (slot.answer && answers.size() < most) answers.push_back(std::move(*slot.answer));
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
