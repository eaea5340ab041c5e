// A card is lost and reported, and the city hall makes a new one.
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

constexpr const char* number = "0000000003";
const std::string old_card = std::string{"patient-"} + number;
constexpr const char* new_card = "012E4B5A00000003";  // IDm
constexpr int torn_at = 20;                           // an exchange in the middle of writing

std::string name_on(Play& play, const std::string& card) {
    const auto list = play.stage.cards.list();
    if (list) {
        for (const auto& one : list->all)
            if (one.name == card) return one.label;
    }
    play.must("the card has a name on it", false);
    return {};
}

void type_number(Play& play) {
    for (const char* digit = number; *digit != 0; ++digit) play.touch(std::string{"key."} + *digit);
    play.touch("key.enter");
}

void old_card_is_dead(Play& play) {
    play.lay(old_card);
    play.check("the lost card opens nothing", play.until_said("notice.card_revoked"));
    play.back_home();
}

void issue(Play& play) {
    play.touch("home.staff");
    play.touch("staff.issuing");
    play.must("the office's screen comes", play.until_screen("issuing"));
    type_number(play);
    play.check("a new card is asked for", play.until_said("issuing.lay"));
    play.must("a blank card is laid, and torn off", play.stage.cards.lay_blank(new_card, torn_at));
    play.check("a card torn off is asked for again", play.until_said("issuing.put_back"));
    play.let_settle();
    play.keep_picture("torn");
    play.must("it is put back", play.stage.cards.lay_blank(new_card));
    play.check("and finished", play.until_said("issuing.note.card_issued"));
    play.let_settle();
    play.check("nothing is clipped", !play.screen().clipped);
    play.keep_picture();
    play.take_card();
}

// At the pharmacy, once its lock has come with the feed.
void new_card_opens(Play& play, std::int64_t locks_before) {
    play.must("the new card's lock comes with the feed",
              play.until_db([&](const DbPicture& db) { return db.card_locks > locks_before; }, tuning::next_round));
    play.must("the new card is laid", play.stage.cards.lay_blank(new_card));
    play.check("the new card is asked what every first tap is asked", play.until_screen("consent"));
    play.touch("consent.yes");
    const auto name = name_on(play, old_card);
    play.check("and opens its patient's record", play.until([&](const Frame& frame) {
        return frame.screen == "summary" && !name.empty() && frame.says(name);
    }));
    play.keep_picture("opened");
    play.back_home();
}

}  // namespace

Bytes issued_card() {
    auto idm = base::from_hex(new_card);
    return idm ? std::move(*idm) : Bytes{};
}

void card_lost(Play& play) {
    const auto before = play.db();
    play.touch("home.staff");
    play.touch("staff.lost_card");
    play.must("the screen for lost cards comes", play.until_screen("lost_card"));
    play.let_settle();
    play.check("nothing is clipped", !play.screen().clipped);
    type_number(play);
    play.check("it is asked once more", play.until([](const Frame& f) { return f.item("lost.yes") != nullptr; }));
    play.check("nothing has happened yet", play.db().same_record(before));
    play.keep_picture();
    play.touch("lost.yes");
    play.check("it is done, and said", play.until_said("notice.card_reported_lost"));
    play.check("that is on the record", play.db().count(LedgerKind::card_lost) == 1);
    play.dismiss_notice();
    play.must("the region revokes it, and says so in the feed",
              play.until_db([&](const DbPicture& db) { return db.revoked_cards > before.revoked_cards; },
                            tuning::next_round));
    play.must("home again", play.until_screen("home"));
    old_card_is_dead(play);
}

void card_issued(Play& play) {
    const auto locks = play.db().card_locks;
    if (!play.change_to(Counter::kiosk) || !play.sign_in(play.stage.options.clerk)) return;
    issue(play);
    play.check("every attempt was on the record first", play.db().count(LedgerKind::card_issued) >= 1);
    if (!play.change_to(Counter::first) || !play.sign_in(play.stage.options.first)) return;
    new_card_opens(play, locks);
    old_card_is_dead(play);
}

}  // namespace kazashi::story
