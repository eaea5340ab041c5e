// Before a patient comes: the empty counter, staff, the first feed.
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

// Lays the card, types the PIN and waits until the database has counted one more wrong try of that card's owner.
bool wrong_try_counted(Play& play, const StaffCard& staff, const std::string& pin) {
    const auto before = play.db();
    play.type_pin(pin);
    const bool counted = play.until_db([&](const DbPicture& now) {
        return now.wrong_pins(staff.number) == before.wrong_pins(staff.number) + 1 &&
               before.wrong_pins(staff.number) >= 0 &&
               now.count(LedgerKind::sign_in_failed) == before.count(LedgerKind::sign_in_failed) + 1;
    });
    play.let_settle();
    return counted && play.screen().screen == "sign_in";
}

void lay_staff_card(Play& play, const StaffCard& staff) {
    play.lay(staff.card);
    play.must("the PIN pad comes", play.until_screen("sign_in"));
}

void take_staff_card(Play& play) {
    play.take_card();
    play.must("the PIN pad goes with the card", play.until([](const Frame& f) { return f.screen != "sign_in"; }));
    play.dismiss_notice();
    play.must("the counter is idle again", play.until_screen("idle"));
}

bool keys_are_dead(Play& play) {
    return play.until([](const Frame& frame) {
        const Item* key = frame.item("key.1");
        return key != nullptr && !key->enabled;
    });
}

void lock_and_wait(Play& play, const StaffCard& staff) {
    bool counted = true;
    for (int i = 0; i < 4; ++i) counted = wrong_try_counted(play, staff, "0000") && counted;
    play.check("every wrong PIN is counted", counted);
    play.check("five wrong PINs lock", play.db().locked.contains(staff.number) && keys_are_dead(play));
    play.keep_picture();

    const auto before = play.db();
    play.touch_anyway("key.1");
    take_staff_card(play);
    lay_staff_card(play, staff);
    play.check("the lock stays when the card is laid again", keys_are_dead(play));
    play.check("no try is made while locked", play.db().same_record(before));

    play.must("a minute passes", play.stage.clock.pass(std::chrono::seconds{61}));
    play.check("the lock ends after a minute", play.until([](const Frame& frame) {
        const Item* key = frame.item("key.1");
        return key != nullptr && key->enabled;
    }));
}

}  // namespace

void idle(Play& play) {
    play.check("the invitation stands there", play.until([](const Frame& frame) {
        return frame.screen == "idle" && frame.says("カードをかざしてください");
    }));
    play.let_settle();
    const Frame frame = play.screen();
    play.check("the state of the line is visible", play.stage.words.said(frame, "bar.line_" + frame.line));
    play.check("the state of the reader is visible", play.stage.words.said(frame, "bar.reader_ready"));
    play.check("nobody is signed in", frame.item("bar.sign_out") == nullptr);
    play.check("nothing is clipped", !frame.clipped);
}

void sign_in(Play& play) {
    const StaffCard& first = play.stage.options.first;
    const StaffCard& second = play.stage.options.second;
    lay_staff_card(play, second);
    play.check("a PIN with somebody else's card fails and is counted", wrong_try_counted(play, second, first.pin));
    take_staff_card(play);
    lay_staff_card(play, first);
    play.check("a card with a wrong PIN fails and is counted", wrong_try_counted(play, first, "0000"));
    take_staff_card(play);
    lay_staff_card(play, second);
    lock_and_wait(play, second);

    play.type_pin(second.pin);
    play.check("then card and PIN open the terminal", play.until_screen("home"));
    play.take_card();
    play.touch("bar.sign_out");
    play.check("signing out goes back to idle", play.until_screen("idle"));
    play.check("card and PIN open the terminal", play.sign_in(first));
    play.check("nothing is clipped", !play.screen().clipped);
}

void first_sync(Play& play) {
    play.check("nothing has come yet", play.db().packages == 0);
    if (!play.must("the server starts", play.stage.region.start())) return;
    const auto under_way = [&play] {
        const Frame frame = play.screen();
        return frame.packages > 0 && frame.packages < frame.packages_total &&
               play.stage.words.said(frame, "home.progress");
    };
    const bool said = play.stage.region.run_slowly(under_way, tuning::next_round);
    play.keep_picture("progress");
    play.check("everything comes", play.until(
                                       [](const Frame& frame) {
                                           return frame.line == "online" && frame.packages_total > 0 &&
                                                  frame.packages == frame.packages_total;
                                       },
                                       tuning::whole_feed));
    bool progress = false;
    bool grows = true;
    std::int64_t last = 0;
    for (const auto& seen : play.stage.inspector.glimpses()) {
        progress = progress || (seen.packages > 0 && seen.packages < seen.packages_total);
        grows = grows && seen.packages >= last;
        last = seen.packages;
    }
    play.check("progress is shown and only grows", said && progress && grows);
    const auto db = play.db();
    const auto region = play.stage.region.status();
    play.must("the region tells its state", static_cast<bool>(region));
    play.check("sealed packages equal the region's", region && db.packages == region->pharmacy_packages);
    play.check("all patients are there", db.patients == play.stage.options.patients);
    play.let_settle();
    play.check("the screen counts what is on disk", play.screen().packages == db.packages);
}

}  // namespace kazashi::story
