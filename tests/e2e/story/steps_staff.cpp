// Staff among themselves: a second counter, somebody without a card, the locked screen, and a restart.
#include "tests/e2e/story/memory.h"
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

// The terminal adds what it does not read aloud: names and record, and the PIN while it is typed.
std::vector<std::string> secret_words(Play& play) {
    const PatientFacts& patient = play.stage.facts.patient;
    std::vector<std::string> words = patient.medicines;
    words.insert(words.end(), {patient.kanji, patient.kana, patient.allergy});
    return words;
}
std::vector<std::string> pins(Play& play) { return {play.stage.options.first.pin, play.stage.options.second.pin}; }

std::vector<std::string> in_memory(Play& play, const std::vector<std::string>& words) {
    const auto pid = play.stage.terminal();
    if (!play.must("the terminal runs", static_cast<bool>(pid))) return words;
    const auto found = words_in_memory(*pid, words);
    return play.must("its memory can be looked into", static_cast<bool>(found)) ? *found : words;
}

// Two colleagues with their cards let a third in who has none.
void let_in(Play& play) {
    const StageOptions& options = play.stage.options;
    const auto before = play.db();
    play.touch("home.staff");
    play.must("the staff menu comes", play.until_screen("staff_menu"));
    play.let_settle();
    play.keep_picture("menu");
    play.touch("staff.let_in");
    play.must("the colleagues come", play.until_screen("colleagues"));
    play.let_settle();
    play.keep_picture("who");
    play.touch("colleague." + options.third);
    play.check("a second colleague is asked for", play.until_screen("lay_card"));
    play.lay(options.first.card);
    play.let_settle();
    play.check("whoever asks cannot be the second", play.screen().screen == "lay_card");
    play.keep_picture("second");
    play.take_card();
    play.lay(options.second.card);
    play.check("the second colleague's PIN is asked for",
               play.until([](const Frame& f) { return f.screen == "sign_in" && f.asks == "pin"; }));
    play.type_pin(options.second.pin);
    play.check("the third is signed in without a card",
               play.until([&](const Frame& f) { return f.screen == "home" && f.signed_in == options.third; }));
    play.take_card();
    play.check("the ledger says so", play.db().count(LedgerKind::admitted) == before.count(LedgerKind::admitted) + 1);
    play.let_settle();
    play.check("nothing is clipped", !play.screen().clipped);
    play.keep_picture();
    play.check("and the region has it on record",
               play.until_region([](const RegionStatus& region) { return region.count("admitted") >= 1; }));
}

void lock_and_return(Play& play) {
    const StaffCard& first = play.stage.options.first;
    play.touch("home.windows");
    play.must("the list comes", play.until_screen("windows"));
    play.check("names are in memory while they are shown", !in_memory(play, secret_words(play)).empty());
    play.touch("bar.lock");
    play.check("the screen locks", play.until_screen("locked"));
    play.let_settle();
    play.check("the locked screen names nobody's record",
               !play.screen().says(play.stage.facts.patient.kanji) && !play.screen().clipped);
    play.keep_picture("locked");
    play.check("a locked terminal holds neither names nor PINs in memory",
               in_memory(play, secret_words(play)).empty() && in_memory(play, pins(play)).empty());
    play.keep_copy("locked");
    const auto before = play.db();
    play.lay(first.card);
    play.check("within the shift the card alone opens it",
               play.until([&](const Frame& f) { return f.screen == "home" && f.signed_in == first.number; }));
    play.take_card();
    play.check("both are on record",
               play.db().count(LedgerKind::locked) >= 1 &&
                   play.db().count(LedgerKind::unlocked) == before.count(LedgerKind::unlocked) + 1);
}

void restart(Play& play) {
    const StaffCard& first = play.stage.options.first;
    if (!play.change_to(Counter::first)) return;
    play.lay(first.card);
    play.check("after a restart the PIN is asked for",
               play.until([](const Frame& f) { return f.screen == "sign_in" && f.asks == "pin"; }));
    for (const char digit : first.pin) play.touch(std::string{"key."} + digit);
    play.check("the PIN is in memory while it is typed", in_memory(play, pins(play)).size() == 1);
    play.touch("key.enter");
    play.check("and opens the terminal", play.until_screen("home"));
    play.take_card();
    play.check("then it is gone from memory", in_memory(play, pins(play)).empty());
}

}  // namespace

void shared_window(Play& play) {
    play.memory.window = play.db().window_of(play.memory.patient);
    play.must("the patient's window lives", !play.memory.window.empty());
    if (!play.change_to(Counter::second) || !play.sign_in(play.stage.options.first)) return;
    play.check("the pharmacy's other counter learns of the window",
               play.until_db([&](const DbPicture& db) { return db.windows.contains(play.memory.window); },
                             tuning::next_round));
    play.touch("home.windows");
    play.must("the list comes", play.until_screen("windows"));
    play.check("with the patient's name",
               play.until([&](const Frame& f) { return f.says(play.stage.facts.patient.kanji); }, tuning::next_round));
    play.let_settle();
    play.keep_picture("list");
    const auto before = play.db();
    play.touch("window." + play.memory.window);
    play.check("and opens it without the card", play.until([&](const Frame& f) {
        return f.screen == "summary" && f.says(play.stage.facts.patient.allergy);
    }));
    play.check("which is on this terminal's record",
               play.db().count(LedgerKind::view) == before.count(LedgerKind::view) + 1);
    play.let_settle();
    play.keep_picture();
    play.touch("summary.close");
    play.let_settle();
    if (play.change_to(Counter::first)) play.sign_in(play.stage.options.first);
}

void colleagues(Play& play) {
    let_in(play);
    lock_and_return(play);
    restart(play);
}

}  // namespace kazashi::story
