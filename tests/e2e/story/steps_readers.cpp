// Other readers in place of the counter's own, one after the other, while the terminal runs.
#include "tests/e2e/story/steps.h"

namespace kazashi::story {

namespace {

constexpr const char* kinds[] = {"acr1252", "rcs300", "acr122u", "acr122u-t0", "acr122u-64", "identiv", "identiv-be"};

bool exchange(Play& play, const std::string& kind) {
    return play.stop_reader_service() &&
           play.must("another reader is plugged in", play.stage.cards.exchange_reader(kind)) &&
           play.start_reader_service();
}

std::string reader_now(Play& play) {
    const auto list = play.stage.cards.list();
    play.must("the simulator tells its reader", static_cast<bool>(list));
    return list ? list->reader : std::string{};
}

}  // namespace

void readers(Play& play) {
    const auto own = reader_now(play);
    for (const std::string kind : kinds) {
        if (kind == own || !exchange(play, kind)) continue;
        play.lay(play.patient_card());
        play.check("the card opens the record on " + kind, play.until_screen("summary"));
        play.back_home();
    }
    play.must("the counter has its own reader again", exchange(play, own));
}

// One that cannot carry a card's proof: what it may still be used for.
void plain_reader(Play& play) {
    const auto own = reader_now(play);
    if (!exchange(play, "plain")) return;
    const auto before = play.db();
    play.lay(play.patient_card());
    play.check("a card it cannot check opens nothing, and that is said", play.until_said("notice.reader_no_proof"));
    play.let_settle();
    play.check("no window comes of it", play.db().windows == before.windows);
    play.check("nothing is clipped", !play.screen().clipped);
    play.keep_picture();
    play.back_home();
    play.check("the My Number card opens a window with its PIN", open_by_id_card(play));
    play.touch("bar.sign_out");
    play.must("nobody is signed in", play.until_screen("idle"));
    play.check("the HPKI card signs in with its PIN", sign_in_by_id_card(play));
    play.must("the counter has its own reader again", exchange(play, own));
}

}  // namespace kazashi::story
