// The story: what happens in each step, and what must be true of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/e2e/story/play.h"

namespace kazashi::story {

struct Step {
    std::string name;
    std::function<void(Play&)> play;
};

// In the order they are played. The times of repeated taps go to `taps`.
std::vector<Step> steps(TapTimes& taps);

// steps_counter.cpp: before a patient comes
void idle(Play&);
void sign_in(Play&);
void first_sync(Play&);
// steps_tap.cpp: a patient's card, with the line cut
void line_cut(Play&);
void tap_offline(Play&);
void card_taken(Play&);
// steps_odd_cards.cpp: cards that are not what they seem, and no cards of ours
void forged_card(Play&);
void bad_input(Play&);
// steps_line.cpp: the line is back
void line_back(Play&);
void record_added(Play&);
void repeated_taps(Play&, TapTimes&);
// steps_staff.cpp: another counter, and staff among themselves
void shared_window(Play&);
void colleagues(Play&);
// steps_patient.cpp: what patients do with their own record
void withdrawal(Play&);
void who_looked(Play&);
// steps_emergency.cpp
void break_glass(Play&);
// steps_kiosk.cpp: the patient alone
void kiosk(Play&);
// steps_id_cards.cpp: HPKI and My Number
void id_cards(Play&);
bool sign_in_by_id_card(Play&);  // after id_cards, from idle to home
bool open_by_id_card(Play&);     // after id_cards, from home and back
std::string hpki_pin();
// steps_readers.cpp: other readers in place of the counter's
void readers(Play&);
void plain_reader(Play&);
// steps_old_card.cpp: a card from before there were proofs
void old_card(Play&);
// steps_issuing.cpp: a lost card, and a new one
void card_lost(Play&);
void card_issued(Play&);
Bytes issued_card();  // its IDm
// steps_capsule.cpp: what the card carries itself
void capsule(Play&);
// steps_doctor.cpp: what is wrong
void doctor(Play&);
// steps_time.cpp: days pass
void sixty_days(Play&);
void clock_back(Play&);
// steps_thief.cpp: what is left for others to find
void thief(Play&);
void logs(Play&);

}  // namespace kazashi::story
