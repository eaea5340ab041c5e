// The store thread and the sync thread, each with a real store; the region is a fake of the engine's interface.
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "sync/vault/keys.h"
#include "terminal/app/desk_worker.h"
#include "terminal/app/own_ledger.h"
#include "terminal/app/sync_worker.h"
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;
using namespace std::chrono_literals;
using Line = engine::SyncStatus::Line;

namespace {

// The next message of one kind; others on the way are passed over.
template <class Wanted>
std::optional<Wanted> next_of(app::Inbox& inbox, std::chrono::milliseconds most = 5s) {
    const auto deadline = std::chrono::steady_clock::now() + most;
    while (std::chrono::steady_clock::now() < deadline) {
        auto message = inbox.try_take();
        if (!message) {
            std::this_thread::sleep_for(1ms);
            continue;
        }
        if constexpr (std::is_constructible_v<state::Event, Wanted>) {
            auto* event = std::get_if<state::Event>(&*message);
            auto* wanted = event == nullptr ? nullptr : std::get_if<Wanted>(event);
            if (wanted != nullptr) return std::move(*wanted);
        } else if (auto* wanted = std::get_if<Wanted>(&*message)) {
            return std::move(*wanted);
        }
    }
    return std::nullopt;
}

class FakeRegion final : public engine::Region {
public:
    struct Line {
        std::atomic<bool> up{false};
        std::atomic<int> asked{0};
    };
    explicit FakeRegion(Line& line) : line_{line} {}

    base::Result<model::FeedPage> feed(model::Cursor after) override {
        ++line_.asked;
        if (!line_.up) return base::Error{base::Fault::offline, "down"};
        model::FeedPage page;
        page.after = page.next = page.head = after;
        return page;
    }
    base::Result<wire::PushAnswer> push(const wire::Push&) override {
        return base::Error{base::Fault::offline, "down"};
    }
    base::Result<model::UtcTime> time() override {
        if (!line_.up) return base::Error{base::Fault::offline, "down"};
        return base::SystemClock{}.wall();
    }

private:
    Line& line_;
};

struct Place {
    Place() {
        vault::init();
        enrolment.terminal = model::TerminalId{"F0001-T1"};
        enrolment.facility = {model::FacilityId{"F0001"}, model::FacilityType::pharmacy, "pharmacy"};
        enrolment.signing = vault::make_signing_pair();
        enrolment.region_seal = vault::make_sealing_pair().seal;
        enrolment.database = folder / "kazashi.db";
    }
    void make_store() const { REQUIRE(store::Store::open(enrolment.database, {.create = true})); }

    fakes::TempFolder folder;
    base::SystemClock clock;
    app::Inbox inbox{256};
    store::Enrolment enrolment;
    FakeRegion::Line line;
};

std::unique_ptr<app::SyncWorker> start_sync(Place& place) {
    return std::make_unique<app::SyncWorker>(
        [&place] { return store::Store::open(place.enrolment.database, {}); },
        [&place](const std::atomic<bool>&) { return std::make_unique<FakeRegion>(place.line); }, place.clock,
        place.inbox);
}

}  // namespace

TEST_CASE("desk worker: it tells the time and is ready once the store is open") {
    Place place;
    place.make_store();
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    const auto time = next_of<app::TimeRead>(place.inbox);
    REQUIRE(time);
    CHECK(std::chrono::abs(time->now - place.clock.wall()) < 5s);
    CHECK(next_of<app::DeskReady>(place.inbox));
}

TEST_CASE("desk worker: region time moves trusted time forward") {
    Place place;
    place.make_store();
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    REQUIRE(next_of<app::DeskReady>(place.inbox));
    const auto ahead = place.clock.wall() + 1h;
    CHECK(desk.order(app::HeardRegion{ahead}));
    const auto time = next_of<app::TimeRead>(place.inbox);
    REQUIRE(time);
    CHECK(time->now >= ahead);
}

TEST_CASE("desk worker: a staff card this terminal does not know is answered with its session") {
    Place place;
    place.make_store();
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    card::Identity staff;
    staff.record.kind = card::CardKind::staff;
    CHECK(desk.order(state::LookUpCard{9, staff}));
    const auto failed = next_of<state::DeskFailed>(place.inbox);
    REQUIRE(failed);
    CHECK(failed->session == 9);
    CHECK(failed->during == state::DeskFailed::During::staff_card);
    CHECK(failed->error.fault == base::Fault::not_found);
}

TEST_CASE("desk worker: a damaged store is moved aside and said and not made anew") {
    Place place;
    {
        std::ofstream broken{place.enrolment.database};
        broken << std::string(8192, 'x');
    }
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    const auto fault = next_of<state::FaultNoted>(place.inbox);
    REQUIRE(fault);
    CHECK(fault->key == "fault.store_moved_aside");
    CHECK_FALSE(std::filesystem::exists(place.enrolment.database));
    int left = 0;
    for (const auto& entry : std::filesystem::directory_iterator{place.folder.path()})
        left += entry.is_regular_file() ? 1 : 0;
    CHECK(left == 1);
    CHECK(desk.order(state::LookUpCard{3, {}}));
    const auto failed = next_of<state::DeskFailed>(place.inbox);
    REQUIRE(failed);
    CHECK(failed->session == 3);
    CHECK_FALSE(next_of<app::DeskReady>(place.inbox, 100ms));
}

TEST_CASE("desk worker: the region's rules are told at the start, and again only when they changed") {
    Place place;
    place.make_store();
    {
        auto store = store::Store::open(place.enrolment.database, {});
        model::Policy policy = model::default_policy();
        policy.version = 7;
        policy.staff_idle = 123s;
        REQUIRE(store->set_policy(policy));
    }
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    const auto told = next_of<state::PolicyKnown>(place.inbox);
    REQUIRE(told);
    CHECK(told->policy.staff_idle == 123s);
    REQUIRE(next_of<app::DeskReady>(place.inbox));
    CHECK(desk.order(state::TendDesk{}));
    CHECK(desk.order(app::HeardRegion{place.clock.wall()}));  // its answer is the last of both
    CHECK_FALSE(next_of<state::PolicyKnown>(place.inbox, 300ms));
}

TEST_CASE("desk worker: a locked desk says who may come back, with nobody there it says nobody") {
    Place place;
    place.make_store();
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    CHECK(desk.order(state::LockDesk{}));
    const auto shifts = next_of<state::ShiftsListed>(place.inbox);
    REQUIRE(shifts);
    CHECK(shifts->may_return.empty());
}

TEST_CASE("desk worker: with nobody signed in every order of staff is refused, and says for what") {
    using During = state::DeskFailed::During;
    struct Row {
        std::function<app::DeskOrder()> make;
        During during;
        card::SessionNumber session;
    };
    const std::vector<Row> rows{
        {[] {
             return state::FindPeople{41, {"や", "", "", ""}};
         },
         During::search, 41},
        {[] { return state::ListPlaces{}; }, During::search, 0},
        {[] {
             return state::BreakGlass{{}, "unconscious", std::nullopt};
         },
         During::break_glass, 0},
        {[] { return state::RemoveSlot{model::StaffId{"0000000102"}}; }, During::remove_slot, 0},
        {[] { return state::TakeOver{model::StaffId{"0000000103"}}; }, During::take_over, 0},
        {[] { return state::ListHistory{5}; }, During::history, 5},
        {[] {
             return state::DraftWithdrawal{5, true};
         },
         During::withdraw, 5},
        {[] { return state::OpenPresented{5}; }, During::open, 5},
        {[] {
             return state::TryShift{5, {}};
         },
         During::sign_in, 5},
        {[] {
             return state::ChangePin{5, {}, {}, {}};
         },
         During::change_pin, 5},
        {[] {
             return state::AddSlot{5, {}, {}};
         },
         During::add_slot, 5},
        {[] {
             return state::LetInColleague{5, {}, {}, std::nullopt};
         },
         During::let_in, 5},
        {[] {
             return state::BreakGlass{{}, "disaster", state::BreakGlass::Second{}};
         },
         During::break_glass, 0},
    };
    Place place;
    place.make_store();
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    for (const Row& row : rows) {
        CHECK(desk.order(row.make()));
        const auto failed = next_of<state::DeskFailed>(place.inbox);
        REQUIRE(failed);
        CHECK(failed->during == row.during);
        CHECK(failed->session == row.session);
    }
}

TEST_CASE("desk worker: what the clock complains of stands on the screen until it is over") {
    Place place;
    place.make_store();
    fakes::FakeClock clock;
    app::DeskWorker desk{place.enrolment, clock, place.inbox};
    REQUIRE(next_of<app::DeskReady>(place.inbox));
    const auto right = clock.wall();
    clock.set_wall(right - 2h);
    CHECK(desk.order(state::TendDesk{}));
    const auto noted = next_of<state::FaultNoted>(place.inbox);
    REQUIRE(noted);
    CHECK(noted->key == "fault.clock_set_back");
    CHECK(desk.order(state::TendDesk{}));
    CHECK_FALSE(next_of<state::FaultNoted>(place.inbox, 300ms));
    clock.set_wall(right);
    CHECK(desk.order(state::TendDesk{}));
    const auto cleared = next_of<state::FaultCleared>(place.inbox);
    REQUIRE(cleared);
    CHECK(cleared->key == "fault.clock_set_back");
}

TEST_CASE("desk worker: nothing opens behind a ledger of another key") {
    Place place;
    place.make_store();
    {
        auto store = store::Store::open(place.enrolment.database, {});
        app::OwnLedger ledger{*store, place.enrolment, place.clock};
        REQUIRE(ledger.append(model::LedgerKind::locked, ""));
    }
    place.enrolment.signing = vault::make_signing_pair();
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    const auto fault = next_of<state::FaultNoted>(place.inbox);
    REQUIRE(fault);
    CHECK(fault->key == "fault.ledger_damaged");
    CHECK_FALSE(next_of<app::DeskReady>(place.inbox, 100ms));
}

TEST_CASE("desk worker: a store that is gone is said and not made anew") {
    Place place;
    app::DeskWorker desk{place.enrolment, place.clock, place.inbox};
    const auto fault = next_of<state::FaultNoted>(place.inbox);
    REQUIRE(fault);
    CHECK(fault->key == "fault.store_moved_aside");
    CHECK_FALSE(std::filesystem::exists(place.enrolment.database));
}

TEST_CASE("sync worker: a line that is down is tried again and found when it is back") {
    Place place;
    place.make_store();
    const auto sync = start_sync(place);
    auto told = next_of<state::SyncTold>(place.inbox);
    REQUIRE(told);
    CHECK(told->status.line == Line::offline);
    place.line.up = true;
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    while (told && told->status.line != Line::online && std::chrono::steady_clock::now() < deadline) {
        told = next_of<state::SyncTold>(place.inbox);
    }
    REQUIRE(told);
    CHECK(told->status.line == Line::online);
}

TEST_CASE("sync worker: after a good round it rests until it is asked") {
    Place place;
    place.make_store();
    place.line.up = true;
    const auto sync = start_sync(place);
    REQUIRE(next_of<state::SyncTold>(place.inbox));
    std::this_thread::sleep_for(300ms);
    const int before = place.line.asked;
    std::this_thread::sleep_for(300ms);
    CHECK(place.line.asked == before);
    sync->now();
    const auto deadline = std::chrono::steady_clock::now() + 2s;
    while (place.line.asked == before && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(1ms);
    CHECK(place.line.asked > before);
}

TEST_CASE("sync worker: it ends at once although it rests") {
    Place place;
    place.make_store();
    place.line.up = true;
    auto sync = start_sync(place);
    REQUIRE(next_of<state::SyncTold>(place.inbox));
    const auto before = std::chrono::steady_clock::now();
    sync.reset();
    CHECK(std::chrono::steady_clock::now() - before < 1s);
}

TEST_CASE("sync worker: an inbox that stays full does not keep it from ending") {
    Place place;
    place.make_store();
    while (place.inbox.post(app::Quit{})) {
    }
    auto sync = start_sync(place);
    std::this_thread::sleep_for(200ms);
    const auto before = std::chrono::steady_clock::now();
    sync.reset();
    CHECK(std::chrono::steady_clock::now() - before < 1s);
}
