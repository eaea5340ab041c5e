// The ambulance crew opens a record without the card, and the patient is told.
#include <algorithm>
#include <functional>

#include "sync/store/enrolment.h"
#include "tests/e2e/story/sentences.h"
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

bool whole_feed_is_here(const Frame& frame) {
    return frame.line == "online" && frame.packages_total > 0 && frame.packages == frame.packages_total;
}

std::string fire_department(Play& play) {
    const auto enrolment = store::read_enrolment(play.stage.state(Counter::fire));
    return play.must("what this terminal is", static_cast<bool>(enrolment)) ? enrolment->facility.name : std::string{};
}

// By the first letters of the family name, until the patient stands in the list.
bool find_patient(Play& play) {
    const std::string& kana = play.stage.facts.patient.kana;
    const auto keys = kana_keys(kana.substr(0, kana.find(' ')));
    play.must("the name can be typed", !keys.empty());
    play.touch("home.emergency");
    play.must("the search comes", play.until_screen("search"));
    for (const auto& key : keys) {
        play.touch("row." + key.row);
        play.touch("kana." + key.kana);
    }
    const bool found = play.until([&](const Frame& f) {
        return f.item("person." + play.memory.patient) != nullptr && f.says(play.stage.facts.patient.kanji);
    });
    play.let_settle();
    play.keep_picture("search");
    play.check("the search writes down that names were looked through", play.db().count(LedgerKind::name_search) == 1);
    play.check("nothing of the search is clipped", !play.screen().clipped);
    return play.check("the patient is found by the reading of the name", found);
}

// The frame with the record is ready and not yet shown: at this moment the entries must be on disk.
void break_it(Play& play) {
    const auto before = play.db();
    play.touch("person." + play.memory.patient);
    play.check("a reason is asked for", play.until_screen("reason"));
    play.let_settle();
    play.check("nothing is opened before it is given",
               play.db().same_record(before) && !play.screen().says(play.stage.facts.patient.allergy));
    play.keep_picture("reason");
    play.must("the terminal can be held", play.stage.inspector.hold("summary"));
    play.touch("reason.unconscious");
    play.check("the terminal stands before the record",
               static_cast<bool>(play.stage.inspector.wait_holding(tuning::moment)));
    const auto held = play.db();
    play.check("break-glass and view are in the ledger before the record is shown",
               held.count(LedgerKind::break_glass) == before.count(LedgerKind::break_glass) + 1 &&
                   held.count(LedgerKind::view) == before.count(LedgerKind::view) + 1);
    play.must("the terminal goes on", play.stage.inspector.release());
}

void check_record(Play& play) {
    const PatientFacts& patient = play.stage.facts.patient;
    play.check("the emergency facts open with one touch", play.until([&](const Frame& f) {
        return f.screen == "summary" && f.says(patient.kanji) && f.says(patient.allergy);
    }));
    play.let_settle();
    const Frame frame = play.screen();
    play.check(
        "and nothing the crew is not entitled to",
        std::none_of(patient.labs.begin(), patient.labs.end(), [&](const auto& lab) { return frame.says(lab.name); }) &&
            std::none_of(patient.problems.begin(), patient.problems.end(),
                         [&](const auto& problem) { return frame.says(problem); }));
    play.check("it says how it was opened", play.stage.words.said(frame, "emergency.badge"));
    play.check("nothing is clipped", !frame.clipped);
    play.keep_picture();
}

// For the region's own people: somebody looks at every one of them.
bool until_listed(Play& play, const std::string& grant, const std::function<bool(const ReviewRecord&)>& wanted) {
    return play.until_region([&](const RegionStatus&) {
        const auto listed = play.stage.region.review();
        return listed && std::any_of(listed->begin(), listed->end(), [&](const ReviewRecord& view) {
                   return same_hex(view.grant, grant) && wanted(view);
               });
    });
}

// The patient's next tap, at the pharmacy.
void patient_is_told(Play& play, const std::string& grant) {
    if (!play.change_to(Counter::first) || !play.sign_in(play.stage.options.first)) return;
    play.must("the newest feed is here", play.until(whole_feed_is_here, tuning::next_round));
    const std::vector<Filled> by{{"facility", fire_department(play)}};
    play.lay(play.patient_card());
    play.check("the patient is told at the next tap", play.until_screen("told"));
    play.let_settle();
    const Frame told = play.screen();
    play.check("by whom and why",
               says(told, play.stage.words, "told.row", by) && told.says(play.stage.words.of("reason.unconscious")));
    play.check("nothing of it is clipped", !told.clipped);
    play.keep_picture("told");
    play.touch("told.ok");
    play.check("then the record opens", play.until_screen("summary"));
    play.touch("summary.history");
    play.must("the list comes", play.until_screen("history"));
    play.let_settle();
    play.check("and it stands among those who looked", says(play.screen(), play.stage.words, "history.emergency", by));
    play.keep_picture("history");
    play.back_home();
    play.lay(play.patient_card());
    play.check("it is told once", play.until_screen("summary"));
    play.back_home();
    play.check("the region learns that the patient knows",
               until_listed(play, grant, [](const ReviewRecord& view) { return view.told; }));
}

}  // namespace

void break_glass(Play& play) {
    if (!play.change_to(Counter::fire) || !play.sign_in(play.stage.options.medic)) return;
    play.must("the whole feed is here", play.until(whole_feed_is_here, tuning::whole_feed));
    if (!find_patient(play)) return;
    break_it(play);
    check_record(play);
    const auto db = play.db();
    const auto grant = db.window_of(play.memory.patient);
    play.check("a window was made that ends by itself", db.windows.size() == 1 && !grant.empty());
    play.touch("summary.close");
    play.keep_copy("glass-broken");
    const auto& medic = play.stage.options.medic.number;
    play.check("the region accepts it and lists it for review",
               until_listed(play, grant, [&](const ReviewRecord& view) {
                   return view.refused.empty() && view.reason == "unconscious" && view.staff == medic && !view.told &&
                          !view.reviewed;
               }));
    patient_is_told(play, grant);
}

}  // namespace kazashi::story
