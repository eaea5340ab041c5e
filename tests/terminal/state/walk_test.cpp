// A long walk through everything that can happen, in any order: what must hold after every single step.
#include <set>

#include "tests/catch.h"
#include "tests/terminal/state/walk.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

constexpr int steps = 450'000;
constexpr std::size_t screens = static_cast<std::size_t>(Screen::reason) + 1;

bool one_of(Screen screen, std::initializer_list<Screen> some) { return std::ranges::find(some, screen) != some.end(); }

using S = Screen;

// What belongs to a patient is in the state only while it is on the screen, or behind it with the card still there.
void check_patient(const state::State& now) {
    if (now.summary) REQUIRE(one_of(now.screen, {S::summary, S::history, S::withdraw, S::capsule}));
    if (now.capsule) REQUIRE((now.screen == S::capsule && now.staff && now.capsule_look));
    if (now.screen == S::capsule) REQUIRE((now.staff && now.capsule_look && now.card == now.capsule_look->session));
    if (now.capsule_look) REQUIRE((now.staff && now.card == now.capsule_look->session));
    if (now.capsule_write) REQUIRE(now.card == now.capsule_write->session);
    if (now.screen == S::summary) REQUIRE(now.summary);
    if (!now.history.empty()) REQUIRE(one_of(now.screen, {S::history, S::withdraw}));
    if (!now.emergency_views.empty()) REQUIRE(now.screen == S::told);
    if (!now.kana_search.empty()) REQUIRE(one_of(now.screen, {S::windows, S::summary}));
    REQUIRE(now.withdrawing.has_value() == (now.screen == S::withdraw));
    const bool second_card =
        one_of(now.screen, {S::lay_card, S::sign_in}) && now.job && now.job->kind == state::StaffJob::Kind::break_glass;
    REQUIRE((now.search != nullptr) == (one_of(now.screen, {S::search, S::reason}) || second_card));
    if (now.search && now.screen != S::search) REQUIRE((now.search->found.empty() && now.search->chosen));
    if (one_of(now.screen, {S::told, S::consent, S::history, S::withdraw})) REQUIRE((now.tap && now.tap->start));
    if (now.summary_with_card) REQUIRE((now.summary && now.tap));
}

void check_staff(const state::State& now) {
    if (now.screen == S::locked || now.screen == S::idle) REQUIRE(!now.staff);
    if (now.locked) REQUIRE(!now.staff);
    if (!now.windows.empty() || now.reopening || now.search || now.job || !now.colleagues.empty()) REQUIRE(now.staff);
    if (one_of(now.screen, {S::home, S::windows, S::staff_menu})) REQUIRE(now.staff);
    const bool jobs = one_of(now.screen, {S::colleagues, S::lay_card, S::confirm_removal});
    if (jobs) REQUIRE(now.job);
    if (now.job) REQUIRE((jobs || now.screen == S::sign_in));
    if (now.screen == S::confirm_removal) REQUIRE(now.job->colleague);
    REQUIRE(now.id_card.has_value() == (now.screen == S::id_card));
    REQUIRE(now.sign_in.has_value() == (now.screen == S::sign_in));
    REQUIRE(now.notice.has_value() == (now.screen == S::notice));
}

// A PIN is in the state only while it is typed, and before the card has answered.
void check_pins(const state::State& now) {
    using IdStep = state::IdCard::Step;
    const bool typed = now.id_card && (now.id_card->step == IdStep::typing || now.id_card->step == IdStep::last_try);
    if (now.id_card && !typed) REQUIRE(now.id_card->pin.empty());
    if (!now.sign_in) return;
    const auto& sign_in = *now.sign_in;
    if (sign_in.step == state::SignIn::Step::trying)
        REQUIRE((sign_in.pin.empty() && sign_in.old_pin.empty() && sign_in.new_pin.empty()));
    if (sign_in.asks == state::SignIn::Asks::pin) REQUIRE((sign_in.old_pin.empty() && sign_in.new_pin.empty()));
    if (!sign_in.pin_needed) REQUIRE(sign_in.pin.empty());
}

// With nobody signed in nothing leaves the desk but what a patient opens at a kiosk with their own card.
void check_effects(const state::State& before_staff, const state::Effects& effects) {
    if (before_staff.staff) return;
    for (const auto& effect : effects) {
        REQUIRE(!std::holds_alternative<state::FindPeople>(effect));
        REQUIRE(!std::holds_alternative<state::BreakGlass>(effect));
        REQUIRE(!std::holds_alternative<state::ReopenWindow>(effect));
        REQUIRE(!std::holds_alternative<state::ListColleagues>(effect));
        REQUIRE(!std::holds_alternative<state::OpenCapsule>(effect));
        if (const auto* open = std::get_if<state::OpenWithIdCard>(&effect))
            REQUIRE(open->purpose == state::IdCard::For::sign_in);
    }
}

}  // namespace

TEST_CASE("state: whatever happens in whatever order, nothing stays where it must not be") {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        Walk walk{seed};
        std::set<Screen> seen;
        for (int i = 0; i < steps / 3; ++i) {
            walk.step();
            const auto& now = walk.counter.state;
            check_patient(now);
            check_staff(now);
            check_pins(now);
            check_effects(now, walk.counter.effects);
            REQUIRE(state::next_tick(now) > now.at);
            seen.insert(now.screen);
        }
        // It has been everywhere.
        for (std::size_t screen = 0; screen < screens; ++screen) {
            INFO("seed " << seed << ", screen " << screen);
            CHECK(seen.contains(static_cast<Screen>(screen)));
        }
    }
}
