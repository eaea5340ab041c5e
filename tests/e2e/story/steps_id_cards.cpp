// Cards of the state and of a profession, each with its own PIN: a pharmacist's HPKI card as a second way to sign in, a
// patient's My Number card as who they are.
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

const IdCard pharmacists{"hpki", "pharmacist", "75310864"};
const IdCard patients{"my_number", "patient", "8642"};
constexpr const char* wrong_pin = "1470";

bool lay_id_card(Play& play, const IdCard& card) {
    return play.must("the simulator lays an ID card", play.stage.cards.lay_id_card(card)) &&
           play.check("its PIN is asked for", play.until([](const Frame& frame) {
               const Item* key = frame.item("key.1");
               return frame.screen == "id_card" && key != nullptr && key->enabled;
           }));
}

void register_hpki(Play& play) {
    play.touch("home.staff");
    play.touch("staff.id_card");
    play.check("the pharmacist's own card is asked for", play.until_said("id_card.lay"));
    if (!lay_id_card(play, pharmacists)) return;
    play.keep_picture("register");
    play.type_pin(pharmacists.pin);
    play.check("the card is registered", play.until_said("notice.id_slot_added"));
    play.take_card();
    play.dismiss_notice();
}

void sign_in_by_hpki(Play& play) {
    play.touch("bar.sign_out");
    play.must("nobody is signed in", play.until_screen("idle"));
    if (!lay_id_card(play, pharmacists)) return;
    play.type_pin(wrong_pin);
    play.check("a wrong PIN is said, with how many tries are left", play.until_said("id_card.wrong"));
    play.let_settle();
    play.check("nothing of it is clipped", !play.screen().clipped);
    play.type_pin(pharmacists.pin);
    play.check("the right one signs in", play.until([&](const Frame& frame) {
        return frame.screen == "home" && frame.signed_in == play.stage.options.first.number;
    }));
    play.take_card();
}

// The region learns whose card it is at the city hall's desk.
void link(Play& play) {
    const auto before = play.db();
    const auto certificate = play.stage.options.run / "authority" / "my_number" / "patient.crt";
    play.must("the region links the card", play.stage.region.link_holder(certificate, play.stage.facts.patient.number));
    play.must(
        "the link comes with the feed",
        play.until_db([&](const DbPicture& db) { return db.holder_links > before.holder_links; }, tuning::next_round));
}

void my_number(Play& play) {
    if (!lay_id_card(play, patients)) return;
    play.let_settle();
    play.check("nothing of the question is clipped", !play.screen().clipped);
    play.type_pin(patients.pin);
    play.check("a card nobody has linked opens nothing", play.until_said("notice.my_number_not_linked"));
    play.back_home();
    link(play);
    const auto before = play.db();
    play.must("it is laid again", lay_id_card(play, patients));
    play.type_pin(patients.pin);
    play.check("a linked one opens its holder's live window", play.until([&](const Frame& frame) {
        return frame.screen == "summary" && frame.says(play.stage.facts.patient.kanji);
    }));
    play.let_settle();
    const auto after = play.db();
    play.check("that is on the record", after.count(LedgerKind::id_card) > before.count(LedgerKind::id_card) &&
                                            after.count(LedgerKind::view) > before.count(LedgerKind::view));
    play.check("no new window comes of it", after.windows == before.windows);
    play.keep_picture();
    play.take_card();
    play.touch("summary.close");
    play.must("home again", play.until_screen("home"));
}

}  // namespace

void id_cards(Play& play) {
    register_hpki(play);
    sign_in_by_hpki(play);
    my_number(play);
}

std::string hpki_pin() { return pharmacists.pin; }

bool sign_in_by_id_card(Play& play) {
    if (!lay_id_card(play, pharmacists)) return false;
    play.type_pin(pharmacists.pin);
    const bool in = play.check("the HPKI card signs in", play.until_screen("home"));
    play.take_card();
    return in;
}

bool open_by_id_card(Play& play) {
    if (!lay_id_card(play, patients)) return false;
    play.type_pin(patients.pin);
    const bool opened = play.check("the My Number card opens its holder's window", play.until_screen("summary"));
    play.take_card();
    return opened && play.touch("summary.close") && play.must("home again", play.until_screen("home"));
}

}  // namespace kazashi::story
