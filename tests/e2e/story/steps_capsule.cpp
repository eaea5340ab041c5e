// An ambulance on an island: its terminal has never met the feed, and no line. What the card carries itself can be
// read.
#include <thread>

#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

// The frame is ready and not yet shown: at this moment the entry must be on disk.
void look(Play& play) {
    play.must("the terminal can be held", play.stage.inspector.hold("capsule"));
    play.touch("capsule.show");
    play.check("the terminal stands before the screen",
               static_cast<bool>(play.stage.inspector.wait_holding(tuning::moment)));
    play.must("the terminal goes on", play.stage.inspector.release());
}

// With a line, at the pharmacy: nothing of it is on the screen, so the card itself is asked.
bool written(Play& play) {
    constexpr auto nothing = "00000000000000000000000000000000";
    play.lay(play.patient_card());
    play.must("the summary comes", play.until_screen("summary"));
    for (const auto end = std::chrono::steady_clock::now() + tuning::moment; std::chrono::steady_clock::now() < end;
         std::this_thread::sleep_for(tuning::poll)) {
        const auto first = play.stage.cards.block("01");
        const auto rest = play.stage.cards.block("0D");
        if (first && rest && *first != nothing && *rest != nothing) return true;
    }
    return false;
}

}  // namespace

void capsule(Play& play) {
    const PatientFacts& patient = play.stage.facts.patient;
    play.check("with a line, the region writes them while the card lies there", written(play));
    play.back_home();
    play.must("there is no line", play.stage.region.stop());
    if (!play.change_to(Counter::island) || !play.sign_in(play.stage.options.medic)) return;
    play.check("nothing of the region has ever come", play.db().packages == 0 && play.db().card_locks == 0);
    play.lay(play.patient_card());
    play.check("the record is not here, and that is said", play.until_screen("notice"));
    play.check("what the card carries is offered", play.until([](const Frame& f) { return f.item("capsule.show"); }));
    play.let_settle();
    play.keep_picture("offered");
    look(play);
    play.check("the allergy stands there in words", play.until([&](const Frame& frame) {
        return frame.screen == "capsule" && frame.says(patient.allergy_on_card);
    }));
    play.check("that it was read is in the ledger", play.db().count(LedgerKind::capsule_shown) == 1);
    play.let_settle();
    play.check("nothing is clipped", !play.screen().clipped);
    play.keep_picture();
    play.take_card();
    play.check("it goes with the card", play.until_screen("home"));
    play.keep_copy("island");
    play.must("the line is back", play.stage.region.start());
    if (play.change_to(Counter::first)) play.sign_in(play.stage.options.first);
}

}  // namespace kazashi::story
