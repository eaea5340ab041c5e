#include "packaging/tray/tray.h"

#include <algorithm>

namespace kazashi::tray {

namespace {

const std::vector<Card>& foreign_cards() {
    static const std::vector<Card> cards{{"transit", "foreign", "交通系カード transit", true},
                                         {"bank", "foreign", "銀行カード bank", true},
                                         {"empty_lite_s", "foreign", "未発行カード empty", true}};
    return cards;
}

Card card_of(const story::CardDesk::Card& card) { return {card.name, card.kind, card.label, false}; }

}  // namespace

base::Result<Tray> Tray::open(story::CardDesk desk, const std::vector<std::string>& wanted) {
    Tray tray{std::move(desk)};
    KAZASHI_TRY(const auto known, tray.desk_.list());
    for (const auto& card : known.all) {
        if (wanted.empty()) tray.cards_.push_back(card_of(card));
    }
    for (const auto& name : wanted) {
        const auto found =
            std::find_if(known.all.begin(), known.all.end(), [&](const auto& c) { return c.name == name; });
        if (found != known.all.end()) tray.cards_.push_back(card_of(*found));
    }
    tray.cards_.insert(tray.cards_.end(), foreign_cards().begin(), foreign_cards().end());
    tray.on_reader_ = known.on_reader;
    return tray;
}

base::Status Tray::lay(const Card& card) {
    // One card at a time: the hand that lays one takes the other away first.
    KAZASHI_CHECK(desk_.take());
    KAZASHI_CHECK(card.foreign ? desk_.lay_foreign(card.name) : desk_.lay(card.name));
    on_reader_ = card.name;
    return base::ok();
}

base::Status Tray::take() {
    KAZASHI_CHECK(desk_.take());
    on_reader_.reset();
    return base::ok();
}

base::Status Tray::look() {
    KAZASHI_TRY(const auto known, desk_.list());
    on_reader_ = known.on_reader;
    return base::ok();
}

}  // namespace kazashi::tray
