// One step being played: hands, eyes and the list of checks. Whatever cannot be done (a simulator that does not answer,
// a button that is not there) becomes a check that did not hold, so that a step never passes by doing nothing.
#pragma once

#include <functional>
#include <string>

#include "tests/e2e/story/report.h"
#include "tests/e2e/story/stage.h"
#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

class Play {
public:
    Play(Stage& on, Remembered& kept, StepReport& report, std::filesystem::path picture)
        : stage{on}, memory{kept}, report_{report}, picture_{std::move(picture)} {}

    bool check(const std::string& what, bool held) { return report_.check(what, held); }
    // Only written down when it went wrong: machinery, not a finding.
    bool must(const std::string& what, bool done) { return done || report_.check(what, false); }
    bool must(const std::string& what, const Status& status) { return must(what, static_cast<bool>(status)); }

    // ---- hands
    bool touch(const std::string& item);         // waits until it is there and can be touched
    bool touch_anyway(const std::string& item);  // also when it is shown as disabled
    void drag_up();                              // one finger over the right half of the screen: scrolls it
    void type_pin(const std::string& pin);
    void lay(const std::string& card, const Odd& odd = {});
    void take_card();

    // ---- eyes
    using Wanted = InspectorClient::Wanted;
    bool until(const Wanted& wanted, milliseconds patience = tuning::moment);
    bool until_screen(const std::string& screen, milliseconds patience = tuning::moment);
    bool until_said(const std::string& key, milliseconds patience = tuning::moment);  // a sentence of the strings
    bool until_region(const std::function<bool(const RegionStatus&)>& wanted,
                      milliseconds patience = tuning::next_round);
    bool until_db(const std::function<bool(const DbPicture&)>& wanted, milliseconds patience = tuning::moment);
    Frame screen() const { return stage.inspector.last(); }
    DbPicture db();
    bool until_wraps_are_gone(const std::vector<Bytes>& wraps);  // from the database file, its log and its index
    Screenshot picture();
    void keep_picture();                           // as the step's screenshot; otherwise its last moment is taken
    void keep_picture(const std::string& suffix);  // one more, beside it
    void without_picture();                        // there is nothing to see
    void keep_copy(const std::string& name);       // of the terminal's files, for the thief
    void let_settle(milliseconds quiet = tuning::quiet);  // until nothing new has been drawn for so long
    bool pictured() const { return pictured_; }

    // ---- what several steps do
    bool sign_in(const StaffCard& staff);  // from idle to home
    void back_home();                      // no card on the reader, nothing said any more
    bool stop_reader_service();            // it does not come back …
    bool start_reader_service();           // … before this; until the terminal has noticed, both
    bool change_to(Counter counter);       // stops the terminal that runs and starts this one, until it is idle
    void dismiss_notice();
    bool tap_and_agree(const std::string& card);  // lays, waits for consent, says yes, until the summary
    const std::string& patient_card() const { return patient_card_; }

    Stage& stage;
    Remembered& memory;

private:
    bool finger_on(const Item& item);

    StepReport& report_;
    std::filesystem::path picture_;
    bool pictured_{false};
    std::string patient_card_{"patient-" + stage.facts.patient.number};
};

}  // namespace kazashi::story
