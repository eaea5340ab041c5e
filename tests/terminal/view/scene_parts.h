// What the scenes are made of, for the files beside this one that make them.
#pragma once

#include "tests/terminal/view/scenes.h"

namespace kazashi::test {

inline constexpr const char* very_long =
    "社会福祉法人臼杵市社会福祉協議会野津地域包括支援センター付属居宅介護支援事業所および訪問看護ステーション";

state::State plain(state::Screen screen);
desk::LiveWindow window(std::uint8_t number, std::string kanji, std::string kana, int days_left);
desk::LiveWindow refused_window();
state::State idle();
state::State sign_in(int digits);
state::State home_offline();
state::State home_nasty();
state::State consent(state::State state);
state::State with_summary(state::State state, std::unique_ptr<model::Summary> summary);
state::State windows_searched();
state::State kiosk(state::State state);
state::State fire(state::State state);
state::State ambulance(state::State state);

std::vector<Scene> counter_scenes();
std::vector<Scene> patient_scenes();
std::vector<Scene> staff_scenes();
std::vector<Scene> emergency_scenes();
std::vector<Scene> capsule_scenes();
std::vector<Scene> doctor_scenes();
std::vector<Scene> card_scenes();
std::vector<Scene> id_card_scenes();

}  // namespace kazashi::test
