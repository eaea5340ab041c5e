#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using During = state::DeskFailed::During;
using Field = state::Search::Field;

namespace {

constexpr card::SessionNumber second_card = 5;

void ready(Counter& counter, model::BreakGlass how = model::BreakGlass::one_staff) {
    counter.sign_in();
    counter.may_break_glass(how);
}

}  // namespace

TEST_CASE("search: only entitled staff of an entitled facility may") {
    struct Row {
        model::BreakGlass rule;
        bool may_search;
        bool shown;
    };
    for (const Row& row :
         {Row{model::BreakGlass::never, true, false}, Row{model::BreakGlass::one_staff, false, false},
          Row{model::BreakGlass::one_staff, true, true}, Row{model::BreakGlass::two_staff, true, true}}) {
        Counter counter;
        ready(counter, row.rule);
        counter.state.staff->may_search = row.may_search;
        counter.does(state::StartSearch{});
        CHECK((counter.state.screen == Screen::search) == row.shown);
        CHECK((counter.asked<state::ListPlaces>() != nullptr) == row.shown);
    }
}

TEST_CASE("search: every letter asks, and an answer to an older question is dropped") {
    Counter counter;
    ready(counter);
    counter.does(state::StartSearch{});
    counter.does(state::TypeKana{"や"});
    REQUIRE(counter.asked<state::FindPeople>());
    const auto first = counter.asked<state::FindPeople>()->question;
    counter.does(state::TypeKana{"ま"});
    CHECK(counter.asked<state::FindPeople>()->query.kana == "やま");
    const auto second = counter.asked<state::FindPeople>()->question;
    CHECK(second > first);
    counter.happens(state::PeopleFound{first, {candidate(1)}});
    CHECK(counter.state.search->found.empty());
    CHECK(counter.state.search->waiting);
    counter.happens(state::PeopleFound{second, {candidate(2)}});
    CHECK(counter.state.search->found.size() == 1);
    CHECK(!counter.state.search->waiting);
}

TEST_CASE("search: an answer to the search before is dropped, too") {
    Counter counter;
    ready(counter);
    counter.does(state::StartSearch{});
    counter.does(state::TypeKana{"や"});
    const auto before = counter.state.questions;
    counter.does(state::GoBack{});
    counter.does(state::StartSearch{});
    counter.does(state::TypeKana{"さ"});
    counter.happens(state::PeopleFound{before, {candidate(1)}});
    CHECK(counter.state.search->found.empty());
}

TEST_CASE("search: what is typed goes into the field that is chosen") {
    Counter counter;
    ready(counter);
    counter.does(state::StartSearch{});
    counter.does(state::PressDigit{1});
    CHECK(counter.nothing());  // kana are asked for first
    counter.does(state::ChooseField{Field::born});
    counter.does(state::TypeKana{"や"});
    for (const int digit : {1, 9, 4, 1, 0, 3, 0, 2, 9}) counter.does(state::PressDigit{digit});
    CHECK(counter.state.search->query.born == "19410302");  // and no ninth
    CHECK(counter.state.search->query.kana.empty());
    counter.does(state::ChooseField{Field::phone});
    counter.does(state::PressDigit{0});
    counter.does(state::PressDigit{9});
    CHECK(counter.asked<state::FindPeople>()->query.phone.empty());  // two digits find half the town
    counter.does(state::PressDigit{7});
    CHECK(counter.asked<state::FindPeople>()->query.phone == "097");
    counter.does(state::EraseKana{});
    CHECK(counter.state.search->query.phone == "09");
}

TEST_CASE("search: an address is chosen from the towns there are") {
    Counter counter;
    ready(counter);
    counter.does(state::StartSearch{});
    counter.happens(state::PlacesListed{{"臼杵市二王座", "臼杵市野津町"}});
    counter.does(state::ChooseAddress{"elsewhere"});
    CHECK(counter.nothing());
    counter.does(state::ChooseAddress{"臼杵市野津町"});
    REQUIRE(counter.asked<state::FindPeople>());
    CHECK(counter.asked<state::FindPeople>()->query.address == "臼杵市野津町");
    counter.does(state::ChooseAddress{""});
    CHECK(!counter.asked<state::FindPeople>());
    CHECK(counter.state.search->query.address.empty());
}

TEST_CASE("search: with nothing left to ask nobody is listed") {
    Counter counter;
    ready(counter);
    counter.does(state::StartSearch{});
    counter.does(state::TypeKana{"や"});
    counter.happens(state::PeopleFound{counter.state.questions, {candidate(1)}});
    const auto asked = counter.state.questions;
    counter.does(state::EraseKana{});
    CHECK(!counter.asked<state::FindPeople>());
    CHECK(counter.state.search->found.empty());
    counter.happens(state::PeopleFound{asked, {candidate(1)}});
    CHECK(counter.state.search->found.empty());
}

TEST_CASE("search: the kana pad opens a row and closes it after a letter") {
    Counter counter;
    ready(counter);
    counter.does(state::StartSearch{});
    counter.does(state::OpenKanaRow{"や"});
    CHECK(counter.state.search->kana_row == "や");
    counter.does(state::TypeKana{"よ"});
    CHECK(counter.state.search->kana_row.empty());
}

TEST_CASE("search: a person chosen, a reason touched, and the record opens") {
    Counter counter;
    ready(counter);
    counter.to_reason();
    CHECK(counter.state.screen == Screen::reason);
    CHECK(counter.state.search->chosen->patient == patient(1));
    CHECK(counter.state.search->found.empty());
    counter.does(state::ChooseReason{"curiosity"});
    CHECK(counter.nothing());
    counter.does(state::ChooseReason{"unconscious"});
    const auto* glass = counter.asked<state::BreakGlass>();
    REQUIRE(glass);
    CHECK(glass->patient == patient(1));
    CHECK(glass->reason == "unconscious");
    CHECK(!glass->second);
    counter.does(state::ChooseReason{"disaster"});
    CHECK(counter.nothing());
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::reason);  // it is being opened
    counter.happens(state::GlassBroken{grant(5), summary()});
    CHECK(counter.state.screen == Screen::summary);
    CHECK(counter.state.summary_emergency);
    CHECK(state::emergency_first(counter.state));
    CHECK(state::missing_sections(counter.state).has(model::Section::emergency));
    CHECK(!counter.state.search);
    CHECK(counter.asked<state::ListWindows>());
    CHECK(counter.asked<state::SyncNow>());
    counter.does(state::CloseSummary{});
    CHECK(counter.state.screen == Screen::home);
    CHECK(!counter.state.summary_emergency);
}

TEST_CASE("search: somebody nothing can be opened of is not chosen") {
    Counter counter;
    ready(counter);
    counter.does(state::StartSearch{});
    counter.does(state::TypeKana{"や"});
    counter.happens(state::PeopleFound{counter.state.questions, {candidate(2, false)}});
    counter.does(state::ChooseCandidate{patient(2)});
    CHECK(counter.state.screen == Screen::search);
    counter.does(state::ChooseCandidate{patient(9)});
    CHECK(counter.state.screen == Screen::search);
}

TEST_CASE("search: where two are needed, a second colleague's card opens it, with PIN or within a shift") {
    for (const bool pin_needed : {true, false}) {
        Counter counter;
        ready(counter, model::BreakGlass::two_staff);
        counter.to_reason();
        counter.does(state::ChooseReason{"cannot_speak"});
        CHECK(!counter.asked<state::BreakGlass>());
        CHECK(counter.state.screen == Screen::lay_card);
        counter.lay_staff(3);  // the own one does not count
        CHECK(counter.state.job->wrong_card);
        CHECK(counter.state.screen == Screen::lay_card);
        counter.card(card::CardGone{3});
        counter.lay_staff(second_card, "0000000102");
        counter.know_staff(second_card, "0000000102", pin_needed);
        CHECK(counter.state.staff);
        if (pin_needed) counter.enter("4321");
        counter.card(card::Proved{second_card, proofs(2)});
        const auto* glass = counter.asked<state::BreakGlass>();
        REQUIRE((glass && glass->second));
        CHECK(glass->second->answers.size() == 2);
        CHECK(glass->second->pin.has_value() == pin_needed);
        CHECK(glass->reason == "cannot_speak");
        counter.happens(state::GlassBroken{grant(5), summary()});
        CHECK(counter.state.screen == Screen::summary);
        CHECK(!counter.state.job);
        CHECK(!counter.state.sign_in);
    }
}

TEST_CASE("search: back leads from the second card to the reason, from there to the search, which asks again") {
    Counter counter;
    ready(counter, model::BreakGlass::two_staff);
    counter.to_reason();
    counter.does(state::ChooseReason{"disaster"});
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::reason);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::search);
    CHECK(!counter.state.search->chosen);
    CHECK(counter.asked<state::FindPeople>()->query.kana == "や");
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::home);
    CHECK(!counter.state.search);
}

TEST_CASE("search: the names go with the screen, however it ends") {
    using Leave = void (*)(Counter&);
    const Leave ways[] = {
        [](Counter& counter) { counter.does(state::LockNow{}); },
        [](Counter& counter) { counter.does(state::SignOut{}); },
        [](Counter& counter) { counter.pass(90s); },
        [](Counter& counter) { counter.lay_patient(); },
        [](Counter& counter) { counter.lay_staff(5, "0000000102"); },
        [](Counter& counter) { counter.card(card::SeveralCards{9}); },
    };
    for (const Leave leave : ways) {
        for (const bool chosen : {false, true}) {
            Counter counter;
            ready(counter);
            counter.to_reason();
            if (!chosen) counter.does(state::GoBack{});
            leave(counter);
            CHECK(!counter.state.search);
        }
    }
}

TEST_CASE("search: an opened record closes with its sentence when the region refuses the broken glass") {
    Counter counter;
    ready(counter);
    counter.to_reason();
    counter.does(state::ChooseReason{"unconscious"});
    counter.happens(state::GlassBroken{grant(5), summary()});
    counter.list({window(5), window(6)});
    CHECK(counter.state.screen == Screen::summary);
    // The receipt has come: the list is asked for, and nobody looks a second time.
    auto status = counter.state.sync;
    status.windows_touched = true;
    counter.happens(state::SyncTold{status});
    CHECK(counter.asked<state::ListWindows>());
    CHECK(!counter.asked<state::ReopenWindow>());
    counter.list({window(5, true), window(6)});
    CHECK(counter.told("grant_refused"));
    CHECK(!counter.state.summary);
}

TEST_CASE("search: a record that opens for nobody who waits is not shown") {
    Counter counter;
    ready(counter);
    counter.to_reason();
    counter.does(state::ChooseReason{"unconscious"});
    counter.does(state::LockNow{});
    counter.happens(state::GlassBroken{grant(5), summary()});
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::locked);
}

TEST_CASE("search: what the desk refuses has its sentence") {
    struct Row {
        During during;
        base::Fault fault;
        const char* detail;
        const char* notice;
    };
    const Row rows[] = {
        {During::search, base::Fault::denied, "not_entitled", "emergency_denied"},
        {During::search, base::Fault::not_found, "", "names_not_here"},
        {During::break_glass, base::Fault::denied, "not_entitled", "emergency_denied"},
        {During::break_glass, base::Fault::denied, "excluded", "excluded"},
        {During::break_glass, base::Fault::not_found, "", "no_emergency_record"},
        {During::break_glass, base::Fault::wrong_key, "", "wrong_pin"},
        {During::break_glass, base::Fault::disk_full, "", "disk_full"},
    };
    for (const Row& row : rows) {
        Counter counter;
        ready(counter);
        counter.to_reason();
        const bool breaking = row.during == During::break_glass;
        breaking ? counter.does(state::ChooseReason{"unconscious"}) : counter.does(state::GoBack{});
        counter.happens(state::DeskFailed{breaking ? 0 : counter.state.questions, row.during, {row.fault, row.detail}});
        CHECK(counter.told(row.notice));
        CHECK(!counter.state.search);
    }
}

TEST_CASE("search: a window by break-glass reopens with the emergency face") {
    Counter counter;
    counter.sign_in();
    auto emergency = window(1);
    emergency.emergency = true;
    counter.list({emergency, window(2)});
    counter.reopen(1);
    CHECK(counter.state.summary_emergency);
    counter.does(state::CloseSummary{});
    counter.reopen(2);
    CHECK(!counter.state.summary_emergency);
}
