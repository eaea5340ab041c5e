// The city hall: nobody is signed in, and the patient is alone with their card.
#include <algorithm>

#include "sync/store/enrolment.h"
#include "tests/e2e/story/memory.h"
#include "tests/e2e/story/sentences.h"
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

std::string city_hall(Play& play) {
    const auto enrolment = store::read_enrolment(play.stage.state(Counter::kiosk));
    return play.must("what this terminal is", static_cast<bool>(enrolment)) ? enrolment->facility.name : std::string{};
}

bool holds_the_patient(Play& play) {
    const PatientFacts& patient = play.stage.facts.patient;
    std::vector<std::string> words = patient.medicines;
    words.insert(words.end(), {patient.kanji, patient.kana, patient.allergy});
    const auto pid = play.stage.terminal();
    const auto found = words_in_memory(pid ? *pid : Pid{}, words);
    return !play.must("its memory can be looked into", static_cast<bool>(found)) || !found->empty();
}

// What staff have on their screens: their own menu, the list of windows, the search without a card.
bool something_for_staff(const Frame& frame) {
    const auto any = [&](const char* prefix) { return !frame.items_named(prefix).empty(); };
    return any("home.") || any("staff.") || any("window.") || any("search.") || any("person.");
}

void check_idle(Play& play) {
    play.must("the whole feed is here", play.until(
                                            [](const Frame& frame) {
                                                return frame.line == "online" && frame.packages_total > 0 &&
                                                       frame.packages == frame.packages_total;
                                            },
                                            tuning::whole_feed));
    play.let_settle();
    const Frame frame = play.screen();
    play.check("it says what a patient may do here", play.stage.words.said(frame, "idle.self"));
    play.check("nothing is offered to staff, nothing is clipped", !something_for_staff(frame) && !frame.clipped);
    play.keep_picture("idle");
}

// The frame with the record is ready and not yet shown: at this moment the entries must be on disk.
void open_own_record(Play& play) {
    const auto before = play.db();
    play.must("the terminal can be held", play.stage.inspector.hold("summary"));
    play.lay(play.patient_card());
    play.check("the terminal stands before the record",
               static_cast<bool>(play.stage.inspector.wait_holding(tuning::moment)));
    const auto held = play.db();
    play.check("that they look is in the ledger before the record is shown",
               held.count(LedgerKind::grant) == before.count(LedgerKind::grant) + 1 &&
                   held.count(LedgerKind::view) == before.count(LedgerKind::view) + 1);
    play.must("the terminal goes on", play.stage.inspector.release());
    const PatientFacts& patient = play.stage.facts.patient;
    play.check("the card shows its own patient's record, with nobody signed in", play.until([&](const Frame& frame) {
        return frame.screen == "summary" && frame.signed_in.empty() && frame.says(patient.kanji) &&
               frame.says(patient.allergy);
    }));
    play.let_settle();
    const Frame frame = play.screen();
    play.check("what the patient has not been told is not in it", !frame.says(patient.withheld));
    play.check("nothing is offered to staff, nothing is clipped", !something_for_staff(frame) && !frame.clipped);
    play.check("no window comes of it", play.db().windows.empty());
    play.check("control: names are in memory while they are shown", holds_the_patient(play));
    play.keep_picture();
}

void who_looked_here(Play& play) {
    play.touch("summary.history");
    play.check("who looked is theirs to see", play.until_screen("history"));
    play.let_settle();
    const Frame frame = play.screen();
    const auto pharmacy = store::read_enrolment(play.stage.state(Counter::first));
    const std::string name = pharmacy ? pharmacy->facility.name : std::string{};
    play.check("the pharmacy is among them",
               !name.empty() && says(frame, play.stage.words, "history.view", {{"facility", name}}));
    play.check("that is on the record", play.db().count(LedgerKind::history_shown) >= 1);
    play.check("nothing of the list is clipped", !frame.clipped);
    play.keep_picture("history");
    play.touch("back");
    play.must("back to the record", play.until_screen("summary"));
}

void leave(Play& play) {
    play.take_card();
    play.check("the card taken off closes it at once", play.until_screen("idle"));
    play.let_settle();
    play.check("nothing is left on the screen",
               !play.screen().says(play.stage.facts.patient.kanji) && !something_for_staff(play.screen()));
    play.check("nor in memory", !holds_the_patient(play));
    play.keep_copy("kiosk");
}

// Somebody with a staff card of elsewhere comes by.
void no_way_in(Play& play) {
    play.lay(play.stage.options.first.card);
    play.check("a staff card of another facility is not let in", play.until_said("notice.staff_unknown"));
    play.take_card();
    play.dismiss_notice();
    play.check("and the kiosk waits as before", play.until_screen("idle"));
}

}  // namespace

void kiosk(Play& play) {
    if (!play.change_to(Counter::kiosk)) return;
    check_idle(play);
    open_own_record(play);
    who_looked_here(play);
    leave(play);
    no_way_in(play);
    const auto here = city_hall(play);
    play.check("the region lists the look as the patient's own", play.until_region([&](const RegionStatus&) {
        const auto looks = play.stage.region.looks(play.stage.facts.patient.number);
        return looks && std::any_of(looks->begin(), looks->end(), [&](const LookRecord& look) {
                   return look.kind == "self" && look.facility == here;
               });
    }));
    if (play.change_to(Counter::first)) play.sign_in(play.stage.options.first);
}

}  // namespace kazashi::story
