// Days pass, and somebody turns the clock back.
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;
using namespace std::chrono;

namespace {

constexpr auto past_the_end = days{61};

// The whole list, not only today's.
bool list_is_empty(Play& play) {
    play.touch("home.windows");
    play.must("the list comes", play.until_screen("windows"));
    play.let_settle();
    const bool empty = play.screen().items_named("window.").empty();
    play.touch("back");
    play.must("home again", play.until_screen("home"));
    return empty;
}

// Staff who were away too long are signed out; they come back.
void be_signed_in(Play& play) {
    play.let_settle();
    if (const auto screen = play.screen().screen; screen == "idle" || screen == "locked")
        play.sign_in(play.stage.options.first);
    play.let_settle();
}

bool windows_end(Play& play) {
    return play.until_db([](const DbPicture& db) { return db.windows.empty() && db.window_wraps.empty(); },
                         tuning::next_round);
}

}  // namespace

void sixty_days(Play& play) {
    play.memory.wraps = play.db().window_wraps;
    const auto there = play.stage.db.raw_holds_any(play.memory.wraps);
    play.check("the wraps are in the file while the window lives", there && *there && !play.memory.wraps.empty());
    play.must("days pass", play.stage.clock.pass(past_the_end));
    play.check("the window ends", windows_end(play));
    play.check("its wraps are gone from the file and its log", play.until_wraps_are_gone(play.memory.wraps));
    be_signed_in(play);
    play.keep_picture();
    play.check("it is gone from the list", list_is_empty(play));
    play.check("a tap of the card opens it anew", play.tap_and_agree(play.patient_card()));
    play.take_card();
    play.check("for sixty days more",
               play.until([](const Frame& f) { return f.screen == "home" && f.says("あと60日"); }));
}

void clock_back(Play& play) {
    const auto before = play.db();
    play.check("a window is alive", before.windows.size() == 1);
    play.must("somebody turns the clock back", play.stage.clock.set_wall_back(days{30}));
    play.check("a ledger entry says so", play.until_db(
                                             [&](const DbPicture& db) {
                                                 return db.count(LedgerKind::clock_fault) ==
                                                        before.count(LedgerKind::clock_fault) + 1;
                                             },
                                             tuning::next_round));
    play.check("the screen says so", play.until_said("fault.clock_set_back"));
    play.let_settle();
    play.keep_picture("said");
    play.dismiss_notice();
    play.must("home again", play.until_screen("home"));
    play.check("nothing old has come back and nothing lives longer",
               play.screen().says("あと60日") && play.screen().items_named("window.").size() == 1);
    // By the wall clock the window has 29 days left now; by the time that has passed it has none.
    play.must("days pass", play.stage.clock.pass(past_the_end));
    play.check("the window ends when its time has passed, whatever the wall clock says", windows_end(play));
    be_signed_in(play);
    play.check("it stays closed", list_is_empty(play));
    play.check("and the ledger says it once",
               play.db().count(LedgerKind::clock_fault) == before.count(LedgerKind::clock_fault) + 1);
}

}  // namespace kazashi::story
