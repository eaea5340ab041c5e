#include "terminal/state/tuning.h"
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
namespace tuning = kazashi::state::tuning;

TEST_CASE("time: a consent nobody answers opens nothing and is not a no") {
    Counter counter;
    counter.sign_in();
    counter.to_consent();
    counter.pass(90s);
    CHECK(counter.told("consent_timeout"));
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(!counter.asked<state::DeclineGrant>());
}

TEST_CASE("time: a PIN pad left alone is wiped") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.type("123");
    counter.pass(60s);
    CHECK(counter.state.screen == Screen::idle);
    CHECK(!counter.state.sign_in);
}

TEST_CASE("time: a plain notice goes by itself") {
    Counter counter;
    counter.card(card::CardTorn{1});
    counter.pass(29s);
    CHECK(counter.told("card_torn"));
    counter.pass(1s);
    CHECK(counter.state.screen == Screen::idle);
}

TEST_CASE("time: the desk is tended each minute, and whoever is signed in sees a fresh list") {
    Counter counter;
    counter.pass(59s);
    CHECK(!counter.asked<state::TendDesk>());
    counter.pass(1s);
    CHECK(counter.asked<state::TendDesk>());
    CHECK(!counter.asked<state::ListWindows>());
    counter.sign_in();
    counter.pass(60s);
    CHECK(counter.asked<state::TendDesk>());
    CHECK(counter.asked<state::ListWindows>());
}

TEST_CASE("time: the next tick is the next thing that changes by itself") {
    Counter counter;
    counter.happens(state::Tick{base::UtcTime{15s}, counter.state.at + 60s});
    CHECK(state::next_tick(counter.state) == counter.state.at + 45s);  // the clock's minute
    counter.sign_in();
    counter.to_summary();
    counter.happens(state::Tick{base::UtcTime{60s}, counter.state.at + 50s});
    counter.state.tended_at = counter.state.at;
    CHECK(state::next_tick(counter.state) ==
          counter.state.last_touch + counter.state.policy.patient_idle - counter.state.policy.idle_warning);
    counter.pass(30s);
    CHECK(state::next_tick(counter.state) == counter.state.at + 1s);  // counting down on the screen
}

TEST_CASE("time: a PIN lock counts down on the screen") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.happens(state::SignInDone{staff_card, desk::WrongPin{0, counter.state.now + 40s}});
    CHECK(state::next_tick(counter.state) == counter.state.at + 1s);
}

TEST_CASE("time: the next tick never lies in the past") {
    Counter counter;
    counter.sign_in();
    counter.state.last_touch = counter.state.at - 1h;
    CHECK(state::next_tick(counter.state) > counter.state.at);
}

TEST_CASE("staff: a name that comes later is shown and somebody else's is not") {
    Counter counter;
    counter.happens(state::StaffNamed{{model::StaffId{"0000000101"}, "early"}});
    CHECK(!counter.state.staff);
    counter.sign_in();
    counter.happens(state::StaffNamed{{model::StaffId{"0000000101"}, "known now"}});
    CHECK(counter.state.staff->name == "known now");
    counter.happens(state::StaffNamed{{model::StaffId{"0000000102"}, "somebody else"}});
    CHECK(counter.state.staff->name == "known now");
}

TEST_CASE("line: what sync told is what is shown") {
    Counter counter;
    engine::SyncStatus status;
    status.line = engine::SyncStatus::Line::offline;
    status.ledger.pending = 3;
    counter.happens(state::SyncTold{status});
    CHECK(counter.state.sync == status);
}

TEST_CASE("line: an image put back is told of once, on a quiet screen") {
    Counter counter;
    engine::SyncStatus status;
    status.problem = "fork";
    counter.happens(state::SyncTold{status});
    CHECK(counter.state.screen == Screen::fault);
    CHECK(counter.state.faults.front() == "fault.fork");
    counter.does(state::DismissNotice{});
    counter.happens(state::SyncTold{status});
    CHECK(counter.state.screen == Screen::idle);
}

TEST_CASE("fault: it is shown at once when nothing is going on, newest first") {
    Counter counter;
    counter.happens(state::FaultNoted{"fault.disk_full"});
    CHECK(counter.state.screen == Screen::fault);
    counter.happens(state::FaultNoted{"fault.store_newer"});
    CHECK(counter.state.faults.front() == "fault.store_newer");
    counter.happens(state::FaultNoted{"fault.disk_full"});
    CHECK(counter.state.faults.size() == 2);
    counter.does(state::DismissNotice{});
    CHECK(counter.state.screen == Screen::idle);
    CHECK(counter.state.faults.size() == 2);
}

TEST_CASE("fault: it waits until the patient's summary is closed") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.happens(state::FaultNoted{"fault.disk_full"});
    CHECK(counter.state.screen == Screen::summary);
    counter.does(state::CloseSummary{});
    CHECK(counter.state.screen == Screen::fault);
    counter.does(state::DismissNotice{});
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("fault: once cleared it is gone from the screen") {
    Counter counter;
    counter.happens(state::FaultNoted{"fault.disk_full"});
    counter.happens(state::FaultCleared{"fault.disk_full"});
    CHECK(counter.state.screen == Screen::idle);
    CHECK(counter.state.faults.empty());
}

TEST_CASE("fault: there is no end of faults, but of those that are kept") {
    Counter counter;
    for (int i = 0; i < 50; ++i) counter.happens(state::FaultNoted{"fault." + std::to_string(i)});
    CHECK(counter.state.faults.size() == tuning::faults_most);
    CHECK(counter.state.faults.front() == "fault.49");
}

TEST_CASE("settings: language and theme change what is shown and nothing else") {
    Counter counter;
    counter.does(state::SetLanguage{state::Language::english});
    counter.does(state::SetTheme{state::Theme::ambulance});
    CHECK(counter.nothing());
    CHECK(counter.state.language == state::Language::english);
    CHECK(counter.state.theme == state::Theme::ambulance);
}

TEST_CASE("settings: the fold of stopped medicines opens and closes with the summary") {
    Counter counter;
    counter.does(state::ToggleStoppedMedicines{});
    CHECK(!counter.state.stopped_medicines_shown);
    counter.sign_in();
    counter.to_summary();
    counter.does(state::ToggleStoppedMedicines{});
    CHECK(counter.state.stopped_medicines_shown);
    counter.does(state::CloseSummary{});
    CHECK(!counter.state.stopped_medicines_shown);
}
