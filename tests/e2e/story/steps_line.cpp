// The line is back: receipts, a refused grant, a newer record, and taps one after the other.
#include <algorithm>
#include <thread>

#include "tests/e2e/story/steps.h"

namespace kazashi::story {

namespace {

using Now = std::chrono::steady_clock;
const std::string third_patient = "patient-0000000003";
constexpr Rgb received_ground{0xE6, 0xF2, 0xE9};  // screens.md: received, sent with receipt

// Somebody listens while an honest patient taps and says no, and later lays a card that can only repeat what was heard.
// The lock's challenges are always the same, so it opens; the grant's own challenge is new, and only the region can
// tell that its answer is wrong.
void replay_a_card(Play& play) {
    play.lay(third_patient);
    play.must("the patient is asked", play.until_screen("consent"));
    const auto heard = play.stage.cards.trace();
    play.must("somebody listens", heard && !heard->empty());
    play.touch("consent.no");
    play.check("not now opens nothing",
               play.until_screen("notice") && play.stage.words.said(play.screen(), "notice.declined"));
    play.take_card();
    play.dismiss_notice();
    play.must("home again", play.until_screen("home"));

    const auto before = play.db();
    Odd odd;
    if (heard) odd.replays = *heard;
    play.lay(third_patient, odd);
    play.must("the patient is asked", play.until_screen("consent"));
    play.touch("consent.yes");
    play.check("a card that repeats opens its lock off-line", play.until_screen("summary"));
    play.take_card();
    play.must("home again", play.until_screen("home"));
    for (const auto& window : play.db().windows) {
        if (!before.windows.contains(window)) play.memory.replayed = window;
    }
}

// Of the entries that waited when the line came back, never fewer are shown as waiting than have no receipt on disk.
// The frame is looked at first: receipts can only have become more since.
bool pending_falls_with_receipts(Play& play, std::int64_t entries) {
    bool honest = true;
    for (const auto end = Now::now() + tuning::next_round; Now::now() < end;
         std::this_thread::sleep_for(tuning::poll)) {
        const Frame frame = play.screen();
        const auto db = play.db();
        honest = honest && frame.pending >= entries - db.receipted && db.receipted == db.entries - db.pending;
        if (frame.pending == 0 && db.pending == 0 && frame.line == "online") return honest;
    }
    return false;
}

int green_pixels(Play& play) { return pixels_of(play.picture(), {0, 0, 1280, 56}, received_ground); }

void check_receipts(Play& play) {
    const auto db = play.db();
    const auto good = play.stage.db.good_receipts(play.stage.region_key);
    play.check("every entry has a receipt the region has signed", good && db.pending == 0 && *good == db.entries);
    const auto region = play.stage.region.status();
    play.check("the region has every entry", region && region->ledger_entries == db.entries);
    const GrantRecord* honest = region ? region->grant(play.memory.window) : nullptr;
    const GrantRecord* replayed = region ? region->grant(play.memory.replayed) : nullptr;
    play.check("the region has verified the proof of the true card",
               honest != nullptr && honest->state == "confirmed" && honest->proof_verified);
    play.check("the region refuses the proof of the other one",
               replayed != nullptr && replayed->state == "refused" && !replayed->proof_verified);
}

void check_refusal_shown(Play& play) {
    play.touch("home.windows");
    play.must("the list comes", play.until_screen("windows"));
    play.let_settle();
    play.keep_picture("windows");
    play.touch("window." + play.memory.replayed);
    play.check("the refused one is shown as refused", play.until_said("notice.grant_refused"));
    play.let_settle();
    play.keep_picture("refused");
    play.check("and opens nothing", play.screen().screen == "notice");
    play.dismiss_notice();
    play.must("home again", play.until_screen("home"));
}

void one_tap(Play& play, TapTimes& taps) {
    const auto before = play.stage.inspector.tap_times().size();
    play.lay(play.patient_card());
    const bool opened = play.until_screen("summary");
    auto times = play.stage.inspector.tap_times();
    for (const auto end = Now::now() + tuning::answered; times.size() == before && Now::now() < end;) {
        std::this_thread::sleep_for(tuning::poll);
        times = play.stage.inspector.tap_times();
    }
    play.check("each tap opens the summary with nothing asked", opened && times.size() == before + 1);
    if (times.size() > before) taps.ms.push_back(times.back());
    play.take_card();
    play.must("home again", play.until_screen("home"));
}

}  // namespace

void line_back(Play& play) {
    replay_a_card(play);
    play.let_settle();
    const auto waiting = play.screen().pending;
    const auto entries = play.db().entries;
    play.check("entries wait while the line is cut", waiting > 0 && waiting == play.db().pending);
    play.check("the light is not green", green_pixels(play) == 0);
    if (!play.must("the server starts again", play.stage.region.start())) return;
    play.check("the count of waiting entries falls only with receipts", pending_falls_with_receipts(play, entries));
    play.let_settle();
    play.check("then the light is green", green_pixels(play) > 500);
    play.keep_picture();
    check_receipts(play);
    check_refusal_shown(play);
}

void record_added(Play& play) {
    play.touch("window." + play.memory.window);
    play.must("the window opens", play.until_screen("summary"));
    const std::string& medicine = play.stage.facts.new_medicine;
    play.check("the new medicine is not there yet", !medicine.empty() && !play.screen().says(medicine));
    play.check(
        "the region takes the new record",
        static_cast<bool>(play.stage.region.import(play.stage.options.run / "data" / "later" / "new-medicine.json")));
    play.check(
        "the open window shows it without the card",
        play.until([&](const Frame& f) { return f.screen == "summary" && f.says(medicine); }, tuning::next_round));
    play.let_settle();
    play.keep_picture();
    const auto cards = play.stage.cards.list();
    play.check("no card is on the reader", cards && !cards->on_reader);
    play.touch("summary.close");
    play.must("home again", play.until_screen("home"));
}

void repeated_taps(Play& play, TapTimes& taps) {
    for (int i = 0; i < tuning::repeated_taps; ++i) one_tap(play, taps);
    play.check("every tap was measured", taps.ms.size() == std::size_t{tuning::repeated_taps});
    const auto windows = play.db().windows;
    play.check("a patient has one window", windows.size() == 2 || windows.size() == 1);
}

}  // namespace kazashi::story
