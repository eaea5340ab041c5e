// The card a region had before: it can be read, by a profile, and proves nothing. What it opens is the policy's.
#include <fstream>

#include "cardio/card/profile.h"
#include "tests/e2e/story/needles.h"
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

using model::LedgerKind;

namespace {

// The one the terminal was started with.
Result<card::CardProfile> profile(const Stage& stage) {
    KAZASHI_TRY(const auto text, read_file(stage.options.assets / "demo-region" / "old-card.toml"));
    KAZASHI_TRY(const auto profiles, card::parse_profiles(base::as_text(text)));
    return profiles.front();
}

bool lay(Play& play) {
    const auto layout = profile(play.stage);
    return play.must("the old card's layout is known", static_cast<bool>(layout)) &&
           play.must("the simulator lays an old card",
                     play.stage.cards.lay_standard(*layout, play.stage.facts.patient.number));
}

void opens_nothing(Play& play) {
    const auto before = play.db();
    if (!lay(play)) return;
    play.check("a card that can only be read opens nothing, live window or not",
               play.until_said("notice.presented_only"));
    play.let_settle();
    const auto after = play.db();
    play.check("nobody has seen anything",
               after.count(LedgerKind::view) == before.count(LedgerKind::view) && after.windows == before.windows);
    play.check("nothing is clipped", !play.screen().clipped);
    play.keep_picture();
    play.back_home();
}

bool rule(Play& play, const std::string& sections) {
    const auto file = play.stage.options.run / "old-card-rule.toml";
    std::ofstream{file} << "[types.pharmacy]\npresented_sections = [" << sections << "]\n";
    return play.must("the region sets a rule for such cards", play.stage.region.set_policy(file));
}

// Whose old cards are, and what they may open.
bool region_allows(Play& play) {
    const auto before = play.db();
    return play.must("the region tells whose old cards are", play.stage.region.link_old_cards()) &&
           rule(play, "\"emergency\"") &&
           play.must("both come with the feed", play.until_db(
                                                    [&](const DbPicture& db) {
                                                        return db.policy > before.policy &&
                                                               db.holder_links > before.holder_links;
                                                    },
                                                    tuning::next_round));
}

void opens_what_the_rule_says(Play& play) {
    const auto& patient = play.stage.facts.patient;
    const auto before = play.db();
    if (!region_allows(play) || !lay(play)) return;
    play.check("where the region allows it, it opens that part of a live window", play.until([&](const Frame& frame) {
        return frame.screen == "summary" && frame.says(patient.kanji) && frame.says(patient.allergy);
    }));
    play.let_settle();
    play.check("and no other, which is said",
               !play.screen().says(patient.medicines.front()) && play.screen().says("次の部分だけです"));
    play.check("nothing is clipped", !play.screen().clipped);
    const auto after = play.db();
    play.check("that is on the record, and no new window",
               after.count(LedgerKind::view) == before.count(LedgerKind::view) + 1 && after.windows == before.windows);
    play.keep_picture("allowed");
    play.back_home();
    rule(play, "");
}

}  // namespace

void old_card(Play& play) {
    opens_nothing(play);
    opens_what_the_rule_says(play);
}

}  // namespace kazashi::story
