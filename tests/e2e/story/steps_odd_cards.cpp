// Cards that are not what they seem, cards of somebody else, and a reader service that goes away.
#include <set>

#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

const std::string second_patient = "patient-0000000002";

// Torn off at the n-th exchange. False when the tap has no such exchange: the summary opened.
bool torn_at(Play& play, int exchange, const DbPicture& before) {
    Odd odd;
    odd.leaves_after = exchange;
    play.lay(play.patient_card(), odd);
    const bool ended = play.until([](const Frame& f) { return f.screen == "notice" || f.screen == "summary"; });
    if (!ended || play.screen().screen == "summary") {
        play.must("a torn card is noticed", ended);
        play.back_home();
        return false;
    }
    play.check("a torn card is asked for again",
               play.stage.words.said(play.screen(), "notice.card_torn") && play.screen().says("かざし直してください"));
    play.check("nothing of a torn tap is stored", play.db().same_record(before));
    play.dismiss_notice();
    play.must("home again", play.until_screen("home"));
    return true;
}

void tear_everywhere(Play& play) {
    const auto before = play.db();
    int exchange = 1;
    while (exchange <= tuning::most_exchanges && torn_at(play, exchange, before)) ++exchange;
    // Finding the card, its blocks, two challenges of the lock and one of the grant: fewer cannot be a whole tap.
    play.check("torn at each exchange of a tap", exchange >= 6 && exchange <= tuning::most_exchanges);
}

// Each has a sentence of its own.
void foreign(Play& play, const std::string& kind, const std::string& key, std::set<std::string>& sentences) {
    const auto before = play.db();
    play.must("the simulator lays it", play.stage.cards.lay_foreign(kind));
    play.check(kind + " has its sentence", play.until_said(key));
    sentences.insert(play.stage.words.of(key));
    play.check(kind + " leaves no trace", play.db().same_record(before));
    if (kind == "transit") play.keep_picture();
    play.back_home();
}

// False: this reader polls by itself, for one card (cardio/reader/README.md), and its choice is kept to.
bool two_cards(Play& play, std::set<std::string>& sentences) {
    Odd odd;
    odd.second_card = second_patient;
    const auto reader = play.stage.cards.list();
    play.lay(play.patient_card(), odd);
    if (reader && reader->reader == "identiv-be") {
        play.check("of two cards the reader's choice is kept to", play.until([&](const Frame& frame) {
            return frame.screen == "summary" && frame.says(play.stage.facts.patient.kanji);
        }));
        play.back_home();
        return false;
    }
    play.check("two cards have their sentence", play.until_said("notice.several_cards"));
    sentences.insert(play.stage.words.of("notice.several_cards"));
    play.back_home();
    return true;
}

void reader_service_restarts(Play& play) {
    if (!play.stop_reader_service()) return;
    play.let_settle();
    play.keep_picture("reader-off");
    if (!play.start_reader_service()) return;
    play.lay(play.patient_card());
    play.check("and reads cards again", play.until_screen("summary"));
    play.back_home();
}

}  // namespace

void forged_card(Play& play) {
    const auto before = play.db();
    Odd odd;
    odd.other_key = "000102030405060708090A0B0C0D0E0F";
    play.lay(second_patient, odd);
    play.check("a card with another key is refused with a plain sentence", play.until_said("notice.forged_card"));
    play.let_settle();
    const auto after = play.db();
    play.check("nothing is opened", after.windows == before.windows && after.window_wraps == before.window_wraps);
    play.check("exactly one entry says so",
               after.entries == before.entries + 1 &&
                   after.count(LedgerKind::card_refused) == before.count(LedgerKind::card_refused) + 1);
    play.keep_picture();
    play.back_home();
}

void bad_input(Play& play) {
    tear_everywhere(play);
    std::set<std::string> sentences;
    foreign(play, "transit", "notice.transit_card", sentences);
    foreign(play, "bank", "notice.bank_card", sentences);
    foreign(play, "empty_lite_s", "notice.empty_card", sentences);
    const std::size_t kinds = two_cards(play, sentences) ? 4 : 3;
    play.check("each has a sentence of its own", sentences.size() == kinds && !sentences.contains(""));
    reader_service_restarts(play);
}

}  // namespace kazashi::story
