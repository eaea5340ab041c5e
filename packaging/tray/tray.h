// The strip of virtual cards: what lies in it and which of them is on the reader.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/story/card_desk.h"

namespace kazashi::tray {

// One card a person can take in the hand.
struct Card {
    enum class Is { of_the_region, foreign, blank, id_card };
    std::string name;  // at the simulator; of a foreign one its kind, of a blank one its IDm
    std::string kind;
    std::string label;
    Is is{};
    std::string pin{};  // of an ID card
};

class Tray {
public:
    // Cards named in `wanted`, in that order, then the others. Empty: every card of the region.
    static base::Result<Tray> open(story::CardDesk desk, const std::vector<std::string>& wanted);

    const std::vector<Card>& cards() const { return cards_; }
    const std::optional<std::string>& on_reader() const { return on_reader_; }
    base::Status lay(const Card& card);
    base::Status take();
    base::Status look();  // others may lay cards too

private:
    explicit Tray(story::CardDesk desk) : desk_{std::move(desk)} {}
    story::CardDesk desk_;
    std::vector<Card> cards_;
    std::optional<std::string> on_reader_;
};

}  // namespace kazashi::tray
