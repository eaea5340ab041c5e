#include "terminal/app/conductor.h"

#include <memory>
#include <utility>

#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"

using namespace kazashi;
using namespace std::chrono_literals;
using app::Change;

namespace {

// Workers that only write down what they were asked.
struct Bench {
    fakes::FakeClock machine;
    std::vector<app::DeskOrder> orders;
    std::vector<card::SessionNumber> proved;
    int rounds{0};
    int sounds{0};
    int ready{0};
    bool desk_full{false};
    app::Conductor conductor{first_state(), workers(), machine};

    state::State first_state() {
        state::State state;
        state.now = machine.wall();
        return state;
    }
    app::Workers workers() {
        app::Workers made;
        made.desk = [this](app::DeskOrder order) {
            if (desk_full) return false;
            orders.push_back(std::move(order));
            return true;
        };
        made.prove = [this](card::SessionNumber session, std::vector<card::Challenge>) { proved.push_back(session); };
        made.sync_now = [this] { ++rounds; };
        made.play = [this](state::PlaySound::Sound) { ++sounds; };
        made.desk_ready = [this] { ++ready; };
        return made;
    }
    Change event(state::Event what) { return conductor.take(app::Message{std::move(what)}); }
    template <class Order>
    int asked() const {
        int count = 0;
        for (const auto& order : orders) count += std::holds_alternative<Order>(order) ? 1 : 0;
        return count;
    }
    // The shortest way to somebody who is signed in.
    void sign_in() {
        card::Identity staff;
        staff.record.kind = card::CardKind::staff;
        event(card::CardEvent{card::CardSeen{1, machine.boot(), staff}});
        event(state::StaffCardKnown{1, {model::StaffId{"0000000001"}, {}, {}, std::nullopt}});
        for (int digit = 1; digit <= 4; ++digit) conductor.take({state::Intent{state::PressDigit{digit}}});
        conductor.take({state::Intent{state::PressEnter{}}});
        std::vector<card::Proof> answers;
        answers.emplace_back();
        answers.emplace_back();
        event(card::CardEvent{card::Proved{1, std::move(answers)}});
        event(state::SignInDone{1, desk::SignedIn{model::StaffId{"0000000001"}, "staff"}});
        event(card::CardEvent{card::CardGone{1}});
        REQUIRE(conductor.state().staff);
    }
    void lay_patient(card::SessionNumber session) {
        card::Identity patient;
        patient.record.kind = card::CardKind::patient;
        event(card::CardEvent{card::CardSeen{session, machine.boot(), patient}});
    }
    // Moves to `past` after the beginning of the next minute.
    void to_minute(std::chrono::milliseconds past) {
        machine.pass(1min - machine.wall().time_since_epoch() % 1min + past);
        conductor.tick();
    }
};

}  // namespace

TEST_CASE("conductor: time runs on with the boot clock from what the desk last read") {
    Bench bench;
    const auto noon = bench.machine.wall() + 5h;
    bench.conductor.take(app::Message{app::TimeRead{noon, bench.machine.boot()}});
    CHECK(bench.conductor.state().now == noon);
    bench.machine.pass_boot_only(7s);
    bench.machine.set_wall(noon - 100h);  // somebody sets the wall clock back
    bench.conductor.tick();
    CHECK(bench.conductor.state().now == noon + 7s);
}

TEST_CASE("conductor: a tick shows only when the minute changes") {
    Bench bench;
    bench.to_minute(1s);
    bench.machine.pass(10s);
    CHECK(bench.conductor.tick() == Change::none);
    bench.machine.pass(50s);
    CHECK(bench.conductor.tick() == Change::visible);
    CHECK(bench.conductor.tick() == Change::none);
}

TEST_CASE("conductor: the next tick is never due at once when nothing waits") {
    Bench bench;
    bench.to_minute(1s);
    CHECK(bench.conductor.next_tick() > bench.machine.boot() + 10s);
}

TEST_CASE("conductor: the same reader state twice shows nothing") {
    Bench bench;
    const card::ReaderState ready{card::ReaderState::Service::ready, "reader"};
    CHECK(bench.event(card::CardEvent{ready}) == Change::visible);
    CHECK(bench.event(card::CardEvent{ready}) == Change::none);
}

TEST_CASE("conductor: a round that brought nothing shows nothing and a counter is only a counter") {
    Bench bench;
    engine::SyncStatus status;
    status.line = engine::SyncStatus::Line::online;
    CHECK(bench.event(state::SyncTold{status}) == Change::visible);
    CHECK(bench.event(state::SyncTold{status}) == Change::none);
    status.packages = 100;
    CHECK(bench.event(state::SyncTold{status}) == Change::counter);
    status.ledger.pending = 1;
    CHECK(bench.event(state::SyncTold{status}) == Change::visible);
}

TEST_CASE("conductor: region time goes to the desk's clock and makes no difference on the screen") {
    Bench bench;
    engine::SyncStatus status;
    bench.event(state::SyncTold{status});
    status.region_time = bench.machine.wall() + 3s;
    CHECK(bench.event(state::SyncTold{status}) == Change::none);
    REQUIRE(bench.asked<app::HeardRegion>() == 1);
    CHECK(std::get<app::HeardRegion>(bench.orders.back()).time == bench.machine.wall() + 3s);
}

TEST_CASE("conductor: what the desk wrote counts as waiting before the next round") {
    Bench bench;
    CHECK(bench.conductor.take(app::Message{app::LedgerCounted{{3, 2, 0}}}) == Change::visible);
    CHECK(bench.conductor.state().sync.ledger.pending == 2);
    CHECK(bench.conductor.state().sync.ledger.entries == 3);
}

TEST_CASE("conductor: what was written is sent at once unless a card lies on the reader") {
    Bench bench;
    bench.sign_in();
    const int before = bench.rounds;
    bench.conductor.take(app::Message{app::LedgerCounted{{3, 2, 0}}});
    CHECK(bench.rounds == before + 1);
    bench.conductor.take(app::Message{app::LedgerCounted{{3, 0, 0}}});
    CHECK(bench.rounds == before + 1);
    bench.lay_patient(2);
    bench.conductor.take(app::Message{app::LedgerCounted{{5, 2, 0}}});
    CHECK(bench.rounds == before + 1);
}

TEST_CASE("conductor: effects reach those who run them") {
    Bench bench;
    bench.conductor.take(app::Message{app::DeskReady{}});
    CHECK(bench.ready == 1);
    bench.sign_in();
    CHECK(bench.asked<state::LookUpCard>() == 1);
    CHECK(bench.asked<state::TrySignIn>() == 1);
    CHECK(bench.proved.size() == 1);
    CHECK(bench.rounds >= 1);
    CHECK(bench.sounds >= 1);
    bench.lay_patient(2);
    CHECK(bench.asked<state::LookUpCard>() == 2);
    CHECK(bench.conductor.state().tap);
}

TEST_CASE("conductor: a desk that takes no more orders ends the tap and not the program") {
    Bench bench;
    bench.sign_in();
    bench.desk_full = true;
    bench.lay_patient(2);
    CHECK_FALSE(bench.conductor.state().tap);
    CHECK_FALSE(bench.conductor.state().card);
    CHECK_FALSE(bench.conductor.quit());
}

TEST_CASE("conductor: keys that cannot be wiped end the program") {
    Bench bench;
    bench.sign_in();
    bench.desk_full = true;
    bench.conductor.take({state::Intent{state::SignOut{}}});
    CHECK(bench.conductor.quit());
    Bench locked;
    locked.sign_in();
    locked.desk_full = true;
    locked.conductor.take({state::Intent{state::LockNow{}}});
    CHECK(locked.conductor.quit());
}

TEST_CASE("conductor: lost messages close what a card had opened") {
    Bench bench;
    bench.sign_in();
    bench.lay_patient(2);
    bench.event(state::PatientCard{2, {}});
    std::vector<card::Proof> two;
    two.emplace_back();
    two.emplace_back();
    bench.event(card::CardEvent{card::Proved{2, std::move(two)}});
    bench.event(state::Unlocked{2});
    bench.event(state::GrantDrafted{2, {}});
    std::vector<card::Proof> one;
    one.emplace_back();
    bench.event(card::CardEvent{card::Proved{2, std::move(one)}});
    bench.event(state::SummaryOpened{2, std::make_unique<model::Summary>()});
    REQUIRE(bench.conductor.state().summary);
    CHECK(bench.conductor.lost_messages() == Change::visible);
    CHECK_FALSE(bench.conductor.state().summary);
}

TEST_CASE("conductor: signing out leaves no memory that held names") {
    Bench bench;
    bench.sign_in();
    std::vector<desk::LiveWindow> windows(3);
    windows[0].kanji = "someone";
    bench.event(state::WindowsListed{std::move(windows)});
    REQUIRE(bench.conductor.state().windows.size() == 3);
    bench.conductor.take({state::Intent{state::SignOut{}}});
    CHECK(bench.conductor.state().windows.capacity() == 0);
}

TEST_CASE("conductor: an idle touch is noted and not drawn") {
    Bench bench;
    bench.to_minute(1s);
    bench.machine.pass(2s);
    CHECK(bench.conductor.take({state::Intent{state::Touched{}}}) == Change::none);
    CHECK(bench.conductor.state().last_touch == bench.machine.boot());
    CHECK(bench.conductor.take(std::vector<state::Intent>{}) == Change::none);
}

TEST_CASE("conductor: asked to quit it says so") {
    Bench bench;
    CHECK_FALSE(bench.conductor.quit());
    bench.conductor.take(app::Message{app::Quit{}});
    CHECK(bench.conductor.quit());
}

TEST_CASE("conductor: a clock that leapt has the desk end what has ended") {
    Bench bench;
    bench.conductor.tick();
    const int before = bench.asked<state::TendDesk>();
    bench.conductor.clock_leapt();
    CHECK(bench.asked<state::TendDesk>() == before + 1);
}
