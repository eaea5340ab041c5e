#include "packaging/tray/tray.h"

#include <algorithm>

namespace kazashi::tray {

namespace {

// Whose certificate packaging/demo links to a patient; the PINs are the story's.
const std::vector<Card>& other_cards() {
    using Is = Card::Is;
    static const std::vector<Card> cards{{"patient", "my_number", "マイナンバー My Number", Is::id_card, "8642"},
                                         {"pharmacist", "hpki", "HPKIカード", Is::id_card, "75310864"},
                                         {"012E4B5A00000001", "foreign", "新しいカード blank", Is::blank},
                                         {"transit", "foreign", "交通系カード transit", Is::foreign},
                                         {"money", "foreign", "電子マネー money", Is::foreign},
                                         {"bank", "foreign", "銀行カード bank", Is::foreign}};
    return cards;
}

Card card_of(const story::CardDesk::Card& card) { return {card.name, card.kind, card.label, Card::Is::of_the_region}; }

base::Status lay_on(story::CardDesk& desk, const Card& card) {
    switch (card.is) {
        case Card::Is::of_the_region:
            return desk.lay(card.name);
        case Card::Is::foreign:
            return desk.lay_foreign(card.name);
        case Card::Is::blank:
            return desk.lay_blank(card.name);
        case Card::Is::id_card:
            return desk.lay_id_card({card.kind, card.name, card.pin});
    }
    return base::Error{base::Fault::unsupported, "no such card"};
}

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
    tray.cards_.insert(tray.cards_.end(), other_cards().begin(), other_cards().end());
    tray.on_reader_ = known.on_reader;
    return tray;
}

base::Status Tray::lay(const Card& card) {
    // One card at a time: the hand that lays one takes the other away first.
    KAZASHI_CHECK(desk_.take());
    KAZASHI_CHECK(lay_on(desk_, card));
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
