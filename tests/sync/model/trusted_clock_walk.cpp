// Every sequence of what can happen to a terminal's clocks, up to a depth, beside a clock that is right: an exhaustive
// walk of the trusted clock's states. After each step it is asked what trusted_clock.h promises.
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "sync/model/permit.h"
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/sanitizer.h"

using namespace kazashi;
using namespace std::chrono_literals;
using model::TrustedClock;
using model::UtcTime;

namespace {

// The sanitizers take two hundred times as long, and look for other mistakes than the walk does: one event less for them.
#ifdef KAZASHI_ASAN
constexpr int depth = 5;
#else
constexpr int depth = 6;
#endif
constexpr auto slack = 15min;  // little corrections add up over a walk, and an answer is a little old
constexpr auto tolerance = 24h;
const UtcTime dead_battery{1min};

bool about(UtcTime one, UtcTime other, std::chrono::milliseconds most = slack) {
    return std::chrono::abs(one - other) <= most;
}
bool opens(const model::TrustedTime& time, UtcTime end) {
    model::Grant grant;
    grant.sections = grant.sections.with(model::Section::medication);
    grant.expires_at = end;
    return static_cast<bool>(permit(grant, model::Section::medication, time, model::OpenedBy::window));
}

// A terminal, and what is true but not known to it.
struct World {
    TrustedClock trusted;
    UtcTime truth;
    UtcTime region_said;  // its last right word
    UtcTime proved;
    bool anchored{true};  // a right start, or a right word of the region since the start
    bool behind{false};   // started behind the mark, and no word of the region since
    bool harmless{true};  // nothing has gone wrong, or all is right again
    // A wrong word of the region was believed: windows open too late until it says a right one, or end early.
    bool fooled_late{false};
    bool fooled_early{false};
    bool fooled_alone{false};  // … against a right wall clock and a right count: must never be
};

class Walk {
public:
    long steps{0};
    long opened{0};
    std::string broken{};  // what, and the events that led there

    void run() { go({TrustedClock{clock_, std::nullopt}, clock_.wall(), clock_.wall(), clock_.wall()}, 0); }

private:
    struct Event {
        const char* name;
        void (Walk::*happens)(World&);
    };
    static const std::array<Event, 17> events;

    void pass(World& world, std::chrono::milliseconds time) {
        clock_.pass(time);
        world.truth += time;
    }
    void minutes_pass(World& world) { pass(world, 10min); }
    void weeks_asleep(World& world) { pass(world, 24h * 21); }

    void wall_on_a_little(World&) { clock_.set_wall(clock_.wall() + 100s); }
    void wall_back_a_little(World&) { clock_.set_wall(clock_.wall() - 100s); }
    void wall_put_right(World& world) { clock_.set_wall(world.truth); }
    void set_wall(World& world, UtcTime time) {
        clock_.set_wall(time);
        world.harmless = false;
    }
    void wall_forward(World& world) { set_wall(world, clock_.wall() + 24h * 30); }
    void wall_back(World& world) { set_wall(world, clock_.wall() - 24h * 30); }
    void battery_dies(World& world) { set_wall(world, dead_battery); }

    // Switched off and on again: the mark is all that is left.
    void start_after(World& world, std::chrono::milliseconds off, std::optional<UtcTime> wall = {}) {
        const auto mark = world.trusted.mark();
        pass(world, off);
        if (wall) set_wall(world, *wall);
        World started{TrustedClock{clock_, mark}, world.truth, world.region_said, world.proved};
        const bool right = about(clock_.wall(), world.truth);
        started.anchored = right;
        started.behind = world.behind || clock_.wall() < mark.now - TrustedClock::small;
        started.harmless = world.harmless;
        started.fooled_late = world.fooled_late && !right;
        started.fooled_early = world.fooled_early;
        std::destroy_at(&world);
        std::construct_at(&world, started);
    }
    void off_for_a_night(World& world) { start_after(world, 12h); }
    void off_for_long(World& world) { start_after(world, 24h * 70); }  // longer than a window
    void off_and_set_back(World& world) { start_after(world, 48h, clock_.wall() - 24h); }
    void off_without_battery(World& world) { start_after(world, 48h, dead_battery); }

    void hear(World& world, UtcTime word) {
        const auto before = world.trusted.mark();
        world.trusted.heard_region(word);
        const auto after = world.trusted.mark();
        world.behind = false;
        if (about(word, world.truth)) {
            world.region_said = word;
            world.anchored = true;
            world.fooled_late = false;
            const bool fresh = about(word, world.truth, TrustedClock::small);
            const bool all_right = fresh && about(clock_.wall(), world.truth) && !world.fooled_early;
            world.harmless = world.harmless || all_right;
            return;
        }
        world.harmless = false;
        const bool late = after.now < before.now;
        const bool early = after.proved > before.proved && after.proved > world.truth;
        world.fooled_late = world.fooled_late || late;
        world.fooled_early = world.fooled_early || early;
        const bool far = !about(word, world.truth, TrustedClock::near + slack);
        const bool alone = !before.unsure && about(clock_.wall(), world.truth) &&
                           (about(before.now, world.truth) || about(before.proved, world.truth));
        world.fooled_alone = (late || early) && far && alone;
    }
    void region_right(World& world) { hear(world, world.truth); }
    void region_late(World& world) { hear(world, world.truth - 90s); }  // an answer under way
    void region_ahead(World& world) { hear(world, world.truth + 24h * 365); }
    void region_behind(World& world) { hear(world, world.truth - 24h * 30); }
    void region_replayed(World& world) { hear(world, world.region_said); }  // as if nobody had checked the nonce

    void go(const World& world, std::size_t done) {
        if (done == path_.size()) return;
        const auto before = clock_;  // the trusted clock refers to clock_, so it is put back after each branch
        for (const auto& event : events) {
            if (!broken.empty()) return;
            path_[done] = event.name;
            World next{world};
            (this->*event.happens)(next);
            check(next, done);
            go(next, done + 1);
            clock_ = before;
        }
    }

    void check(World& world, std::size_t done) {
        const auto time = world.trusted.read();
        const auto mark = world.trusted.mark();
        const bool lives = opens(time, world.truth + slack);
        ++steps;
        opened += lives ? 1 : 0;
        const auto never = [&](bool happened, const char* what) {
            if (happened && broken.empty()) broken = what + path(done);
        };
        never(world.anchored && !world.fooled_late && opens(time, world.truth - slack), "opened after its end");
        never(world.behind && opens(time, UtcTime::max()), "opened while nobody knew the time");
        never(!world.fooled_early && time.certain > world.truth + tolerance + slack, "deleted before its end");
        never(mark.proved < world.proved, "what was proved went back");
        never(mark.proved > time.certain || time.certain > time.now, "the three times are out of order");
        never(world.harmless && !lives, "closed though nothing was wrong");
        never(world.fooled_alone, "a wrong word of the region was believed alone");
        world.proved = mark.proved;
    }

    std::string path(std::size_t done) const {
        std::string text;
        for (std::size_t i = 0; i <= done; ++i) text += std::string{i == 0 ? ": " : ", "} + path_[i];
        return text;
    }

    fakes::FakeClock clock_;
    std::array<const char*, depth> path_{};
};

const std::array<Walk::Event, 17> Walk::events{{
    {"minutes pass", &Walk::minutes_pass},
    {"weeks asleep", &Walk::weeks_asleep},
    {"wall on a little", &Walk::wall_on_a_little},
    {"wall back a little", &Walk::wall_back_a_little},
    {"wall put right", &Walk::wall_put_right},
    {"wall forward", &Walk::wall_forward},
    {"wall back", &Walk::wall_back},
    {"battery dies", &Walk::battery_dies},
    {"off for a night", &Walk::off_for_a_night},
    {"off for long", &Walk::off_for_long},
    {"off and set back", &Walk::off_and_set_back},
    {"off without battery", &Walk::off_without_battery},
    {"region right", &Walk::region_right},
    {"region late", &Walk::region_late},
    {"region ahead", &Walk::region_ahead},
    {"region behind", &Walk::region_behind},
    {"region replayed", &Walk::region_replayed},
}};

// 17 + 17² + … : a walk that was cut short has not seen them all.
long all_sequences() {
    long all = 0;
    for (int i = 0; i < depth; ++i) all = (all + 1) * 17;
    return all;
}

}  // namespace

TEST_CASE("trusted clock: no sequence of events opens a window after its end or deletes it long before") {
    Walk walk;
    walk.run();
    CHECK(walk.broken == "");
    CHECK(walk.steps == all_sequences());
    CHECK(walk.opened > walk.steps / 10);  // it does not hold its promises by opening nothing
}
