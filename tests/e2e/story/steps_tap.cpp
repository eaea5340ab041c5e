// A patient's card with the line cut: consent, summary, and what is left of it when the card is gone.
#include <fmt/format.h>

#include <algorithm>

#include "tests/e2e/story/memory.h"
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;
using namespace std::chrono;

namespace {

// 「14:02」 in Japan, and a minute around it: the step may have crossed one.
bool says_a_time_near(const Frame& frame, base::UtcTime now) {
    for (int minutes_ago = 0; minutes_ago <= 2; ++minutes_ago) {
        const hh_mm_ss local{
            floor<minutes>((now - minutes{minutes_ago} + 9h) - floor<days>(now - minutes{minutes_ago} + 9h))};
        if (frame.says(fmt::format("{:02}:{:02}から", local.hours().count(), local.minutes().count()))) return true;
        if (frame.says(fmt::format("{}:{:02}から", local.hours().count(), local.minutes().count()))) return true;
    }
    return false;
}

int age(base::Date born, base::UtcTime now) {
    const year_month_day today{floor<days>(now + 9h)};
    const bool had_birthday = std::pair{today.month(), today.day()} >= std::pair{born.month(), born.day()};
    return int{today.year()} - int{born.year()} - (had_birthday ? 0 : 1);
}

bool says_all(const Frame& frame, const std::vector<std::string>& parts) {
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const auto& p) { return frame.says(p); });
}

// Between a medicine's name and the next one stand since when it is taken and who dispensed it.
bool dated_and_placed(const Frame& frame, const PatientFacts& patient, const std::string& medicine) {
    const auto is_name = [&](const std::string& text) {
        return std::any_of(patient.medicines.begin(), patient.medicines.end(),
                           [&](const auto& m) { return text.find(m) != std::string::npos; });
    };
    auto at = std::find_if(frame.texts.begin(), frame.texts.end(),
                           [&](const auto& text) { return text.find(medicine) != std::string::npos; });
    if (at == frame.texts.end()) return false;
    const auto end = std::find_if(at + 1, frame.texts.end(), is_name);
    const auto tells = [&](const std::vector<std::string>& parts) {
        return std::any_of(at, end, [&](const auto& text) { return holds_in_order(text, parts); });
    };
    return tells({"年", "月", "日から"}) && tells({patient.pharmacy});
}

std::vector<std::string> lab_texts(const PatientFacts& patient) {
    std::vector<std::string> texts;
    for (const auto& lab : patient.labs) {
        texts.push_back(lab.name);
        texts.push_back(lab.value);
    }
    return texts;
}

// What may be nowhere in the terminal once the card is gone. Names stay in the list of windows, and drug names do not;
// neither do diagnoses, but for those the terminal has a word of its own for.
std::vector<std::string> clinical_words(const PatientFacts& patient, const Words& own) {
    auto words = patient.medicines;
    words.push_back(patient.allergy);
    words.insert(words.end(), patient.problems.begin(), patient.problems.end());
    std::erase_if(words, [&](const std::string& word) { return own.own(word); });
    return words;
}

void check_consent(Play& play) {
    const Frame frame = play.screen();
    const auto last_day = last_day_of_window(play.stage.clock.now(), 60);
    play.check("the consent sentence says until when",
               frame.says(last_day + "まで") && frame.says("記録を見ることができます"));
    play.check("yes and not now are there",
               frame.item("consent.yes") != nullptr && frame.item("consent.no") != nullptr);
    play.check("consent is not clipped", !frame.clipped);
    play.keep_picture("consent");
}

// The frame with the summary is ready and not yet shown: at this moment the entry must be on disk.
void check_written_before_shown(Play& play, const DbPicture& before) {
    const Screenshot asked = play.picture();
    play.must("the terminal can be held", play.stage.inspector.hold("summary"));
    play.touch("consent.yes");
    play.check("the terminal stands before the summary",
               static_cast<bool>(play.stage.inspector.wait_holding(tuning::moment)));
    const auto held = play.db();
    play.check("the view is in the ledger before the summary is shown",
               held.count(LedgerKind::view) == before.count(LedgerKind::view) + 1 &&
                   held.count(LedgerKind::grant) == before.count(LedgerKind::grant) + 1);
    const Screenshot at_that_moment = play.picture();
    play.must("the terminal goes on", play.stage.inspector.release());
    play.check("the summary opens", play.until_screen("summary"));
    play.let_settle();
    const Screenshot shown = play.picture();
    // The pressed button may look different; the record covers the screen.
    play.check("the record was not on the screen at that moment",
               difference(asked, at_that_moment) < 0.15 && difference(at_that_moment, shown) > 0.2);
}

void check_summary(Play& play) {
    const Frame frame = play.screen();
    const PatientFacts& patient = play.stage.facts.patient;
    play.check("kanji and kana", frame.says(patient.kanji) && frame.says(patient.kana));
    play.check("age", frame.says(std::to_string(age(patient.born, play.stage.clock.now()))));
    play.check("allergies", frame.says(patient.allergy));
    play.check("current medicines", says_all(frame, patient.medicines));
    play.check("each medicine's date and facility",
               std::all_of(patient.medicines.begin(), patient.medicines.end(),
                           [&](const auto& m) { return dated_and_placed(frame, patient, m); }) &&
                   says_all(frame, patient.prescribers));
    play.check("problems", says_all(frame, patient.problems));
    play.check("laboratory values", says_all(frame, lab_texts(patient)));
    play.check("as-of time", play.stage.words.said(frame, "summary.as_of"));
    play.check("what the patient was not told is nowhere", !patient.withheld.empty() && !frame.says(patient.withheld));
    play.check("nothing is clipped", !frame.clipped);
}

// Problems and laboratory values lie below the medicines.
void check_scrolling(Play& play) {
    play.keep_picture();
    const Screenshot top = play.picture();
    play.drag_up();
    play.keep_picture("further");
    play.drag_up();
    play.keep_picture("end");
    const Screenshot end = play.picture();
    play.check("one finger scrolls the record", difference(top, end) > 0.05 && play.screen().screen == "summary");
}

std::string only_new(const std::set<std::string>& before, const std::set<std::string>& after) {
    std::vector<std::string> fresh;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(fresh));
    return fresh.size() == 1 ? fresh.front() : std::string{};
}

}  // namespace

void line_cut(Play& play) {
    play.check("the server is gone", play.stage.region.stop() && !play.stage.region.running());
    play.check("the status line says offline",
               play.until([](const Frame& frame) { return frame.line == "offline"; }, tuning::next_round));
    play.let_settle();
    play.check("and since when", says_a_time_near(play.screen(), play.stage.clock.now()));
}

void tap_offline(Play& play) {
    const auto before = play.db();
    play.check("this facility has never seen the patient", before.windows.empty());
    play.lay(play.patient_card());
    if (!play.check("the patient is asked", play.until_screen("consent"))) return;
    play.let_settle();
    check_consent(play);
    check_written_before_shown(play, before);
    check_summary(play);
    check_scrolling(play);
    const auto after = play.db();
    play.memory.window = only_new(before.windows, after.windows);
    if (after.patient_of.contains(play.memory.window)) play.memory.patient = after.patient_of.at(play.memory.window);
    play.check("one window was made", !play.memory.window.empty());
    play.check("all of it with the line cut", play.screen().line == "offline" && !play.stage.region.running());
}

void card_taken(Play& play) {
    const auto words = clinical_words(play.stage.facts.patient, play.stage.words);
    const auto pid = play.stage.terminal();
    if (!play.must("the terminal runs", static_cast<bool>(pid))) return;
    play.check("some of its words are nobody else's", words.size() >= 3);
    const auto before = words_in_memory(*pid, words);
    play.check("the record is in memory while it is shown", before && before->size() == words.size());

    play.take_card();
    play.check("the summary goes", play.until_screen("home"));
    play.let_settle();
    const Frame frame = play.screen();
    play.check("its texts are gone",
               std::none_of(words.begin(), words.end(), [&](const auto& w) { return frame.says(w); }));
    const auto after = words_in_memory(*pid, words);
    play.check("the record is gone from memory", after && after->empty());
    play.check("the patient stands in the list", frame.says(play.stage.facts.patient.kanji) && frame.says("あと60日"));
    play.keep_picture();

    play.touch("window." + play.memory.window);
    play.check("and is reopened without the card", play.until_screen("summary") && says_all(play.screen(), words));
    play.touch("summary.close");
    play.must("home again", play.until_screen("home"));
}

}  // namespace kazashi::story
