// What is left of a patient in the State itself: short names and numbers have no memory of their own to go with.
#include <string_view>

#include "terminal/state/search.h"
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

bool holds(const state::State& state, std::string_view octets) {
    return std::string_view{reinterpret_cast<const char*>(&state), sizeof state}.find(octets) != std::string_view::npos;
}

void show_lost(Counter& counter) {
    counter.sign_in();
    counter.does(state::ShowStaffMenu{});
    counter.does(state::ShowLostCard{});
    auto owner = window(1);
    owner.kanji = "臼杵 花";
    owner.kana = "ウスキ";
    counter.happens(state::WindowsListed{{owner}});
}

}  // namespace

TEST_CASE("forgotten: whose card was lost, by name and by number") {
    Counter counter;
    show_lost(counter);
    counter.does(state::ChooseLost{grant(1)});
    REQUIRE(holds(counter.state, "臼杵 花"));
    counter.does(state::GoBack{});
    counter.type("1234509876");
    CHECK(holds(counter.state, "1234509876"));
    counter.does(state::SignOut{});
    CHECK(!counter.state.staff);
    CHECK(!holds(counter.state, "臼杵 花"));
    CHECK(!holds(counter.state, "ウスキ"));
    CHECK(!holds(counter.state, "1234509"));
}

TEST_CASE("forgotten: kana that were typed and erased again") {
    Counter counter;
    show_lost(counter);
    counter.does(state::ChooseLostBy{state::LostVisit::By::name});
    for (const char* letter : {"う", "す", "き"}) counter.does(state::TypeKana{letter});
    REQUIRE(holds(counter.state, "すき"));
    for (int i = 0; i < 3; ++i) counter.does(state::EraseKana{});
    counter.does(state::SignOut{});
    CHECK(!holds(counter.state, "すき"));
    CHECK(!holds(counter.state, "き"));
}

TEST_CASE("forgotten: the number of a card that is made") {
    Counter counter;
    counter.sign_in();
    model::TypePolicy office;
    office.issues_cards = true;
    counter.rule(office);
    counter.does(state::ShowStaffMenu{});
    counter.does(state::ShowIssuing{});
    REQUIRE(counter.state.issue);
    counter.type("12345098");
    REQUIRE(holds(counter.state, "12345098"));
    counter.does(state::SignOut{});
    CHECK(!holds(counter.state, "2345098"));
}

TEST_CASE("forgotten: the number of a patient's card, once it is gone") {
    Counter counter;
    counter.sign_in();
    counter.lay_patient();
    REQUIRE(counter.state.capsule_look);
    counter.state.capsule_look->identity.record.number = "1234509876";
    REQUIRE(holds(counter.state, "1234509876"));
    SECTION("with the card") { counter.card(card::CardGone{patient_card}); }
    SECTION("with the shift") { counter.does(state::SignOut{}); }
    CHECK(!holds(counter.state, "234509876"));
}

TEST_CASE("forgotten: what was on the screen is known to have been there, so that letters and stack are wiped too") {
    Counter counter;
    CHECK(!holds_record(counter.state));
    CHECK(!holds_names(counter.state));
    counter.state.capsule = std::make_unique<desk::NamedCapsule>();
    CHECK(holds_record(counter.state));
    counter.state.capsule.reset();
    CHECK(!holds_record(counter.state));
    SECTION("a card that was lost") { counter.state.lost.emplace(); }
    SECTION("a card that is made") { counter.state.issue.emplace(); }
    SECTION("whoever has a window") { counter.state.windows.push_back(window(1)); }
    CHECK(holds_names(counter.state));
}
