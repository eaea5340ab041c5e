#include "tests/e2e/story/steps.h"

namespace kazashi::story {

std::vector<Step> steps(TapTimes& taps) {
    return {{"idle", idle},
            {"sign_in", sign_in},
            {"first_sync", first_sync},
            {"line_cut", line_cut},
            {"tap_offline", tap_offline},
            {"card_taken", card_taken},
            {"forged_card", forged_card},
            {"line_back", line_back},
            {"record_added", record_added},
            {"repeated_taps", [&taps](Play& play) { repeated_taps(play, taps); }},
            {"bad_input", bad_input},
            {"shared_window", shared_window},
            {"withdrawal", withdrawal},
            {"who_looked", who_looked},
            {"colleagues", colleagues},
            {"break_glass", break_glass},
            {"kiosk", kiosk},
            {"id_cards", id_cards},
            {"readers", readers},
            {"plain_reader", plain_reader},
            {"old_card", old_card},
            {"card_lost", card_lost},
            {"card_issued", card_issued},
            {"capsule", capsule},
            {"doctor", doctor},
            {"sixty_days", sixty_days},
            {"clock_back", clock_back},
            {"thief", thief},
            {"logs", logs}};
}

}  // namespace kazashi::story
