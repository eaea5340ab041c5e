// The terminals are stolen: what their files tell, and those a thief copied before. And what the programs have logged.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "sync/vault/lock.h"
#include "tests/e2e/story/needles.h"
#include "tests/e2e/story/secrets.h"
#include "tests/e2e/story/steps.h"
#include "tests/e2e/story/text_forms.h"

namespace kazashi::story {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

namespace {

bool nothing_in(const Needles& needles, const fs::path& folder) {
    const auto finds = search_folder(needles, folder);
    if (!finds || fs::is_empty(folder)) return false;
    for (const auto& find : *finds) {
        fmt::print("story:    {} holds {} words\n", fs::relative(find.file, folder).string(), find.words);
    }
    return finds->empty();
}

void append(Play& play, Texts& to, const base::Result<Texts>& more) {
    if (!play.must("the words to look for", static_cast<bool>(more) && !more->empty())) return;
    to.insert(to.end(), more->begin(), more->end());
}

// PINs of staff and of the pharmacist's own card, and the card that was made in the story. A My Number card's four
// digits stand in any log by chance.
Texts of_the_story(const StageOptions& options) {
    Texts words = forms_of(issued_card());
    words.insert(words.end(),
                 {options.first.pin, options.second.pin, options.medic.pin, options.clerk.pin, hpki_pin()});
    return words;
}

// A thief has the files of a terminal, keys in them included; what they must not tell is whose cards were there.
Needles for_files(Play& play) {
    const fs::path& run = play.stage.options.run;
    Texts words = of_the_story(play.stage.options);
    append(play, words, patient_words(run / "data"));
    append(play, words, card_secrets(run / "cards.json"));
    const auto shared = public_texts(run / "data");
    play.must("the public names", static_cast<bool>(shared));
    return {words, shared ? *shared : Texts{}};
}

// In a log not even a member of staff is named. What facilities are called is no secret.
Needles for_logs(Play& play) {
    const fs::path& run = play.stage.options.run;
    Texts words = of_the_story(play.stage.options);
    append(play, words, patient_words(run / "data"));
    append(play, words, staff_names(run / "data"));
    append(play, words, card_secrets(run / "cards.json"));
    append(play, words, key_secrets(run / "region"));
    for (const auto counter : all_counters) {
        append(play, words, key_secrets(play.stage.state(counter)));
    }
    const auto names = facility_names(run / "data");
    play.must("the public names", static_cast<bool>(names));
    return {words, names ? *names : Texts{}};
}

// The same search on a record that is sealed with a key we know: sealed it must find nothing, and with the key at once.
void control(Play& play, const Needles& needles) {
    const auto record = read_file(play.stage.options.run / "data" / "bundles" / "00001.json");
    if (!play.must("a record to try the search on", static_cast<bool>(record))) return;
    const model::PackageId id{};
    const auto key = vault::random_key<vault::DataKey>();
    const model::Package sealed{id, {}, vault::seal_package(key, id, zstd(*record))};
    play.check("control: sealed, it is found nowhere", needles.count_in(sealed.sealed) == 0);
    const auto opened = vault::open_package(key, sealed);
    play.check("control: with the key, it is found at once", opened && needles.count_in(opened->view()) > 10);
    play.check("control: as it came, it is found at once", needles.count_in(*record) > 10);
    const auto wide = utf16(base::as_text(*record), ByteOrder::little);
    play.check("control: as UTF-16, it is found at once", wide && needles.count_in(*wide) > 10);
}

bool found_in_line(const Needles& needles, const std::string& word) {
    return needles.count_in(base::as_bytes("12:00:00 warning desk: " + word + " was there\n")) > 0;
}

// The same search on a log that lets one of each slip.
void control_logs(Play& play, const Needles& needles) {
    const fs::path& run = play.stage.options.run;
    const auto cards = card_secrets(run / "cards.json");
    const auto keys = key_secrets(run / "region");
    if (!play.must("something to let slip", cards && keys)) return;
    play.check("control: a name is found at once", found_in_line(needles, play.stage.facts.patient.kanji));
    play.check("control: a reading is found at once", found_in_line(needles, play.stage.facts.patient.kana));
    play.check("control: a PIN is found at once", found_in_line(needles, play.stage.options.second.pin));
    play.check("control: IDm and key of every card are found in every form",
               std::all_of(cards->begin(), cards->end(), [&](const auto& c) { return found_in_line(needles, c); }));
    play.check("control: every key is found in every form",
               std::all_of(keys->begin(), keys->end(), [&](const auto& k) { return found_in_line(needles, k); }));
    play.check("control: an innocent line is not", !found_in_line(needles, "the card that was asked for"));
}

bool something_in(const fs::path& file) {
    std::error_code problem;
    return fs::file_size(file, problem) > 0 && !problem;
}

}  // namespace

void thief(Play& play) {
    play.keep_picture();
    play.check("the terminal is stopped", static_cast<bool>(play.stage.stop_terminal()));
    const auto needles = for_files(play);
    play.check("there is much to look for", needles.size() > static_cast<std::size_t>(play.stage.options.patients));
    play.check("the terminal's files tell nothing", nothing_in(needles, play.stage.state(Counter::first)));
    play.check("nor do those of the other counter", nothing_in(needles, play.stage.state(Counter::second)));
    play.check("nor those of the fire department", nothing_in(needles, play.stage.state(Counter::fire)));
    play.check("nor those of the island's ambulance", nothing_in(needles, play.stage.state(Counter::island)));
    play.check("nor those of the city hall", nothing_in(needles, play.stage.state(Counter::kiosk)));
    play.check("nor what was copied after a withdrawal, while locked, after break-glass and from the kiosk",
               nothing_in(needles, play.stage.options.run / "copies"));
    control(play, needles);
}

void logs(Play& play) {
    play.without_picture();
    const StageOptions& options = play.stage.options;
    const auto needles = for_logs(play);
    Texts logs{"region.log", "enrol.log", "story.log"};
    for (const auto counter : play.stage.ran) logs.push_back(folder(counter) + ".log");
    for (const auto& log : logs) play.must("there is " + log, something_in(options.out / "logs" / log));
    play.must("there is the reader service's log", something_in(options.run / "reader" / "pcscd.log"));
    play.check("no log names anybody, a card, a PIN or a key", nothing_in(needles, options.out / "logs"));
    play.check("nor does the reader service's", nothing_in(needles, options.run / "reader"));
    control_logs(play, needles);
}

}  // namespace kazashi::story
