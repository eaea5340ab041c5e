#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using test::Glass;
using test::scene;

namespace {

template <class Intent>
Intent pressing(const state::State& state, std::string_view id) {
    Glass glass;
    auto intents = glass.press(state, id);
    REQUIRE(intents.size() == 1);
    REQUIRE(std::holds_alternative<Intent>(intents.front()));
    return std::get<Intent>(intents.front());
}

}  // namespace

TEST_CASE("doctor: it is called from the menu, from the notice, and where the reader is off") {
    pressing<state::ShowDoctor>(scene("staff-menu"), "staff.doctor");
    pressing<state::ShowDoctor>(scene("notice-reader-off"), "doctor");
    auto off = scene("idle");
    off.reader = {card::ReaderState::Service::off, ""};
    pressing<state::ShowDoctor>(off, "doctor");
    off.reader.service = card::ReaderState::Service::no_reader;
    pressing<state::ShowDoctor>(off, "doctor");
    Glass glass;
    glass.draw(scene("idle"));
    CHECK(!glass.item("doctor"));
    glass.draw(scene("notice-torn"));
    CHECK(!glass.item("doctor"));
}

TEST_CASE("doctor: a button only where something can be repaired, and while nothing runs") {
    CHECK(pressing<state::RepairFinding>(scene("doctor-stopped"), "repair.service_stopped").key == "service_stopped");
    Glass glass;
    glass.draw(scene("doctor-ill"));
    CHECK(!glass.item("repair.reader_kernel_module"));  // tried, and it did not help
    CHECK(!glass.item("repair.reader_no_power"));
    auto running = scene("doctor-stopped");
    running.doctor->running = true;
    CHECK(Glass{}.press(running, "repair.service_stopped").empty());
    CHECK(Glass{}.press(running, "doctor.again").empty());
    pressing<state::CheckAgain>(scene("doctor-stopped"), "doctor.again");
    pressing<state::GoBack>(running, "back");
}

TEST_CASE("doctor: what is wrong is said with its figures, and no key is left unsaid") {
    Glass glass;
    auto state = scene("doctor-ill");
    state.language = state::Language::english;
    glass.draw(state);
    CHECK(glass.reads("ACR1252 gets too little power (it needs 200 mA)."));
    CHECK(glass.reads("7 of 24 calls did not reach the card."));
    CHECK(!glass.reads("doctor."));
    CHECK(!glass.reads("{"));
}

TEST_CASE("doctor: a repair is promised only where it can be done, and one that is done is no fault any more") {
    Glass glass;
    auto state = scene("doctor-stopped");
    state.language = state::Language::english;
    glass.draw(state);
    CHECK(glass.reads("Start the service."));
    for (auto& group : state.doctor->groups)
        for (auto& finding : group.findings) finding.repair = state::Finding::Repair::none;
    glass.draw(state);
    CHECK(!glass.reads("Start the service."));
    CHECK(glass.reads("ask the administrator to start pcscd"));
    glass.draw(scene("doctor-repaired"));
    CHECK(glass.reads("直しました。直す前の状態：カードリーダーのサービスが止まっています。"));
}

TEST_CASE("doctor: where it could not begin it says what to do") {
    Glass glass;
    glass.draw(scene("doctor-not-begun"));
    CHECK(glass.reads("「もう一度調べる」を押してください。"));
}
