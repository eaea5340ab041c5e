// What patients do with their own record: take the permission back, and see who looked.
#include "sync/store/enrolment.h"
#include "tests/e2e/story/sentences.h"
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

std::string pharmacy(Play& play) {
    const auto enrolment = store::read_enrolment(play.stage.state(Counter::first));
    return play.must("what this terminal is", static_cast<bool>(enrolment)) ? enrolment->facility.name : std::string{};
}

// With the card on the reader and the summary shown: "this facility", asked once more, yes.
void withdraw_here(Play& play) {
    play.touch("summary.withdraw");
    play.check("the patient may take it back", play.until_screen("withdraw"));
    play.let_settle();
    play.keep_picture("choice");
    play.check("from this facility or from all",
               play.screen().item("withdraw.here") != nullptr && play.screen().item("withdraw.everybody") != nullptr);
    play.touch("withdraw.here");
    play.check("it is asked once more",
               says(play.screen(), play.stage.words, "withdraw.sure_here", {{"facility", pharmacy(play)}}));
    play.check("nothing has happened yet", play.db().windows.contains(play.memory.window));
    play.check("nothing is clipped", !play.screen().clipped);
    play.keep_picture();
    play.touch("withdraw.yes");
    play.check("it is done, and said", play.until_said("notice.withdrawn_here"));
}

// The sentence of the newest row comes before those of older ones: texts stand in the order they are drawn.
std::size_t first_text(const Frame& frame, const std::vector<std::string>& parts) {
    for (std::size_t i = 0; i < frame.texts.size(); ++i) {
        if (!parts.empty() && holds_in_order(frame.texts[i], parts)) return i;
    }
    return frame.texts.size();
}

// The list is ready and not yet shown: at this moment its entry must be on disk.
void show_history(Play& play) {
    const auto before = play.db();
    play.must("the terminal can be held", play.stage.inspector.hold("history"));
    play.touch("consent.history");
    play.check("the list is held before it is shown",
               static_cast<bool>(play.stage.inspector.wait_holding(tuning::moment)));
    play.check("that the patient looks is in the ledger before the list is shown",
               play.db().count(LedgerKind::history_shown) == before.count(LedgerKind::history_shown) + 1);
    play.must("the terminal goes on", play.stage.inspector.release());
    play.check("the list comes", play.until_screen("history"));
    play.let_settle();
}

void check_history(Play& play) {
    const Frame frame = play.screen();
    const Words& words = play.stage.words;
    const std::vector<Filled> here{{"facility", pharmacy(play)}};
    play.check("who was allowed to look", says(frame, words, "history.grant", here));
    play.check("who looked", says(frame, words, "history.view", here));
    play.check("what was taken back", says(frame, words, "history.withdrawal", here));
    play.check("the newest stands first", first_text(frame, parts_of(words.of("history.withdrawal"), here)) <
                                              first_text(frame, parts_of(words.of("history.view"), here)));
    play.check("all of it is at the region", !words.said(frame, "history.waiting"));
    play.check("nothing is clipped", !frame.clipped);
}

}  // namespace

void withdrawal(Play& play) {
    play.lay(play.patient_card());
    if (!play.must("the summary comes", play.until_screen("summary"))) return;
    const auto before = play.db();
    play.memory.window = before.window_of(play.memory.patient);
    play.memory.wraps = before.window_wraps;
    const auto there = play.stage.db.raw_holds_any(play.memory.wraps);
    play.check("the wraps are in the file while the window lives", there && *there && !play.memory.wraps.empty());
    withdraw_here(play);
    const auto after = play.db();
    play.check("the window is gone", !after.windows.contains(play.memory.window));
    play.check("the ledger says so", after.count(LedgerKind::withdrawal) == before.count(LedgerKind::withdrawal) + 1);
    play.check("its wraps are gone from the file and its log", play.until_wraps_are_gone(play.memory.wraps));
    play.back_home();
    play.let_settle();
    play.check("the patient is gone from the list", !play.screen().says(play.stage.facts.patient.kanji));
    play.keep_copy("withdrawn");
    play.check("the region's record says withdrawn", play.until_region([&](const RegionStatus& region) {
        const GrantRecord* grant = region.grant(play.memory.window);
        return grant != nullptr && grant->state == "withdrawn";
    }));
}

void who_looked(Play& play) {
    play.lay(play.patient_card());
    if (!play.check("after withdrawal the patient is asked anew", play.until_screen("consent"))) return;
    play.let_settle();
    show_history(play);
    check_history(play);
    play.keep_picture();
    play.touch("back");
    play.check("then the patient decides", play.until_screen("consent"));
    play.touch("consent.yes");
    play.check("and the card opens it anew", play.until_screen("summary"));
    play.back_home();
    const auto windows = play.db().windows;
    play.check("for sixty days more",
               windows.size() == 1 && play.until([](const Frame& f) { return f.says("あと60日"); }));
    if (!windows.empty()) play.memory.window = *windows.begin();
}

}  // namespace kazashi::story
