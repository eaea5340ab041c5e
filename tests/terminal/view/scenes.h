// States worth looking at: every screen, at its plainest and at its worst.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "terminal/state/state.h"

namespace kazashi::test {

struct Scene {
    std::string name;
    std::function<state::State()> make;
};

std::vector<Scene> scenes();
state::State scene(const std::string& name);

base::UtcTime at(int year, unsigned month, unsigned day, int hour, int minute);  // Japanese time
model::RecordDate day(const std::string& text);
model::GrantId grant(std::uint8_t number);

state::State signed_in();                         // home, nothing going on
std::unique_ptr<model::Summary> plain_summary();  // an ordinary patient
std::unique_ptr<model::Summary> nasty_summary();  // very long names, twelve medicines, nine allergies
std::unique_ptr<model::Summary> empty_summary();  // nothing is known

}  // namespace kazashi::test
