// The field of a reader: what lies in it, and what happens on air, for good or ill.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "cardio/simulator/air.h"
#include "cardio/simulator/disturbance.h"
#include "cardio/simulator/eavesdropper.h"
#include "cardio/simulator/felica_card.h"
#include "cardio/simulator/processor_card.h"

namespace kazashi::simulator {

// What lies on a reader. Of several, the reader itself finds the first FeliCa card, else the processor card.
struct Cards {
    std::vector<std::shared_ptr<FelicaCard>> felica{};
    std::shared_ptr<ProcessorCard> processor{};
    bool storage{false};  // a MIFARE or the like: a serial number, and nothing said to it is understood
};

class Field {
public:
    using Answer = std::optional<base::Bytes>;  // nullopt: silence

    void lay(Cards cards);   // instead of what lay there; counts begin anew
    void swap(Cards cards);  // the same, but counts go on
    void add(Cards cards);
    void leave();  // empty; counts and what was heard stay
    bool empty() const { return !felica() && !cards_.processor && !cards_.storage; }

    const FelicaCard* felica() const { return cards_.felica.empty() ? nullptr : cards_.felica.front().get(); }
    const ProcessorCard* processor() const { return felica() ? nullptr : cards_.processor.get(); }

    void power_off();  // the field is off for a moment: what is volatile on a card is lost
    // A FeliCa frame, LEN first. A reader that waits only `wait` does not hear a card that is slower.
    Answer exchange(base::ByteView frame, std::optional<std::chrono::microseconds> wait = std::nullopt);
    // All answers to a Polling that a reader which listens to every time slot hears, at most `most`.
    std::vector<base::Bytes> poll(base::ByteView frame, std::size_t most);
    Answer command(base::ByteView apdu);  // to the processor card

    void disturb(Disturbance disturbance) { disturbances_.add(std::move(disturbance)); }
    void calm() { disturbances_.clear(); }
    bool vanished() const { return vanished_; }
    unsigned exchanges() const { return exchanges_; }
    const std::vector<Heard>& heard() const { return ear_.heard(); }

    // Of two cards in one time slot the one laid first is nearer, and understood all the same.
    void let_nearer_win(bool nearer_wins) { nearer_wins_ = nearer_wins; }

    void set_air(const Air& air) { air_ = air; }
    const Air& air() const { return air_; }
    std::chrono::microseconds take_spent() { return std::exchange(spent_, std::chrono::microseconds{0}); }

private:
    Answer disturbed(Disturbances::Form form, base::ByteView command, const std::function<Answer()>& exchange);
    Answer on_air(base::ByteView frame, std::optional<std::chrono::microseconds> wait);
    struct Slot {
        unsigned number{};
        Answer answer;  // nullopt: two cards garbled each other
    };
    std::vector<Slot> draw_slots(base::ByteView polling);
    Answer first_slot(base::ByteView polling);

    Cards cards_;
    std::minstd_rand slots_{1};      // goes on from card to card, so that no two taps are the same, and every run is
    std::vector<Slot> later_slots_;  // behind the one that was answered last
    bool nearer_wins_{false};
    Disturbances disturbances_;
    bool vanished_{false};
    unsigned exchanges_{0};
    Eavesdropper ear_;
    Air air_;
    std::chrono::microseconds spent_{0};
};

}  // namespace kazashi::simulator
