#include "terminal/state/tuning.h"
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
namespace tuning = kazashi::state::tuning;

TEST_CASE("time: staff who left are signed out, staff who touch stay") {
    Counter counter;
    counter.sign_in();
    counter.pass(200s);
    counter.does(state::Touched{});
    counter.pass(200s);
    CHECK(counter.state.staff);
    counter.pass(101s);
    CHECK(!counter.state.staff);
    CHECK(counter.asked<state::SignOutDesk>());
    CHECK(counter.state.screen == Screen::idle);
}

TEST_CASE("time: a patient's summary nobody touches closes itself") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.pass(80s);
    CHECK(counter.state.summary);
    CHECK(state::closing_in(counter.state) == 10s);
    counter.does(state::Touched{});
    CHECK(!state::closing_in(counter.state));
    counter.pass(90s);
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.asked<state::ForgetTap>());
}

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
    CHECK(state::next_tick(counter.state) == counter.state.last_touch + tuning::patient_idle - tuning::closing_warning);
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

TEST_CASE("state: a summary exists only while it is on the screen, whatever happens in whatever order") {
    // A small generator: the sequence is the same at every run.
    std::uint32_t random = 1;
    const auto pick = [&](std::uint32_t limit) {
        random = random * 1664525U + 1013904223U;
        return (random >> 8U) % limit;
    };
    Counter counter;
    for (int i = 0; i < 20000; ++i) {
        const card::SessionNumber session = counter.state.card.value_or(1) + pick(2);
        switch (pick(22)) {
            case 0:
                counter.lay_staff(session, pick(2) ? "0000000101" : "0000000102");
                break;
            case 1:
                counter.know_staff(session);
                break;
            case 2:
                counter.try_pin(session);
                break;
            case 3:
                counter.happens(state::SignInDone{session, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
                break;
            case 4:
                counter.happens(state::SignInDone{session, desk::WrongPin{2, std::nullopt}});
                break;
            case 5:
                counter.lay_patient(session);
                break;
            case 6:
                counter.know_patient(pick(2) == 0, session);
                break;
            case 7:
                counter.card(card::Proved{session, proofs(1 + pick(2))});
                break;
            case 8:
                counter.happens(state::Unlocked{session});
                break;
            case 9:
                counter.does(state::AgreeConsent{});
                break;
            case 10:
                counter.happens(state::GrantDrafted{session, {}});
                break;
            case 11:
                counter.happens(state::SummaryOpened{session, summary()});
                break;
            case 12:
                counter.card(card::CardGone{session});
                break;
            case 13:
                counter.pass(std::chrono::seconds{pick(40)});
                break;
            case 14:
                counter.list({window(1), window(2, pick(8) == 0)});
                break;
            case 15:
                counter.does(state::OpenWindow{grant(static_cast<std::uint8_t>(1 + pick(2)))});
                break;
            case 16:
                counter.happens(state::SummaryReopened{grant(1), summary()});
                break;
            case 17:
                counter.does(state::GoBack{});
                break;
            case 18:
                counter.does(state::ShowWindows{});
                break;
            case 19:
                counter.does(state::DismissNotice{});
                break;
            case 20:
                counter.to_summary(session);
                break;
            default:
                counter.sign_in(session);
                break;
        }
        const auto& now = counter.state;
        REQUIRE((now.summary != nullptr) == (now.screen == Screen::summary));
        REQUIRE(now.sign_in.has_value() == (now.screen == Screen::sign_in));
        REQUIRE(now.notice.has_value() == (now.screen == Screen::notice));
        if (now.screen == Screen::consent) REQUIRE((now.tap && now.tap->start));
        if (now.summary || now.tap || !now.windows.empty()) REQUIRE(now.staff);
        if (now.screen == Screen::home || now.screen == Screen::windows) REQUIRE(now.staff);
        if (now.screen == Screen::idle) REQUIRE(!now.staff);
    }
}
