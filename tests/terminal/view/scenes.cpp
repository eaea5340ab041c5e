#include "tests/terminal/view/scenes.h"

#include <cstdlib>

#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

std::vector<Scene> scenes() {
    std::vector<Scene> all;
    for (auto* theme : {counter_scenes, patient_scenes, staff_scenes, emergency_scenes, capsule_scenes, doctor_scenes, card_scenes,
                        id_card_scenes})
        for (auto& one : theme()) all.push_back(std::move(one));
    return all;
}

state::State scene(const std::string& name) {
    for (const auto& candidate : scenes())
        if (candidate.name == name) return candidate.make();
    std::abort();
}

}  // namespace kazashi::test
