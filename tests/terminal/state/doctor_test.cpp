#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using state::DoctorGroup;
using state::Finding;

namespace {

Finding stopped(Finding::Repair repair = Finding::Repair::possible) {
    return {"service_stopped", DoctorGroup::service, Finding::Severity::fault, repair, {}};
}

struct Trouble : Counter {
    Trouble() { card(card::ReaderState{card::ReaderState::Service::off, ""}); }
    const state::CallDoctor* called() const {
        for (const auto& effect : effects)
            if (const auto* call = std::get_if<state::CallDoctor>(&effect)) return call;
        return nullptr;
    }
    std::uint64_t call() const { return state.doctor->call; }
    void tell(DoctorGroup group, std::vector<Finding> findings = {}) {
        happens(state::DoctorTold{call(), group, std::move(findings)});
    }
};

}  // namespace

TEST_CASE("doctor: whoever stands before a reader that is off may call it; else only staff") {
    Trouble trouble;
    trouble.does(state::ShowDoctor{});
    REQUIRE(trouble.called());
    CHECK(trouble.called()->repair.empty());
    CHECK(trouble.state.screen == Screen::doctor);
    CHECK(trouble.state.doctor->running);

    Counter well;
    well.does(state::ShowDoctor{});
    CHECK(well.state.screen == Screen::idle);
    CHECK(well.effects.empty());
}

TEST_CASE("doctor: groups stand in their order, and one that is told again takes its place") {
    Trouble trouble;
    trouble.does(state::ShowDoctor{});
    trouble.tell(DoctorGroup::store);
    trouble.tell(DoctorGroup::service, {stopped()});
    trouble.tell(DoctorGroup::card);
    trouble.tell(DoctorGroup::service, {stopped(Finding::Repair::failed)});
    const auto& groups = trouble.state.doctor->groups;
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].group == DoctorGroup::service);
    CHECK(groups[0].findings == std::vector{stopped(Finding::Repair::failed)});
    CHECK(groups[1].group == DoctorGroup::card);
    CHECK(groups[2].group == DoctorGroup::store);
}

TEST_CASE("doctor: what an older call still tells is dropped") {
    Trouble trouble;
    trouble.does(state::ShowDoctor{});
    const auto first = trouble.call();
    trouble.happens(state::DoctorDone{first, true});
    CHECK(!trouble.state.doctor->running);
    trouble.does(state::CheckAgain{});
    CHECK(trouble.called()->call != first);
    trouble.happens(state::DoctorTold{first, DoctorGroup::card, {}});
    CHECK(trouble.state.doctor->groups.empty());
    trouble.happens(state::DoctorDone{first, false});
    CHECK(trouble.state.doctor->running);
    trouble.happens(state::DoctorDone{trouble.call(), false});
    CHECK(trouble.state.doctor->failed);
}

TEST_CASE("doctor: only what was found and can be repaired is, and not while it looks") {
    Trouble trouble;
    trouble.does(state::ShowDoctor{});
    trouble.tell(DoctorGroup::service, {stopped()});
    trouble.does(state::RepairFinding{"service_stopped"});
    CHECK(!trouble.called());
    trouble.happens(state::DoctorDone{trouble.call(), true});
    trouble.does(state::RepairFinding{"something_else"});
    CHECK(!trouble.called());
    trouble.does(state::RepairFinding{"service_stopped"});
    REQUIRE(trouble.called());
    CHECK(trouble.called()->repair == "service_stopped");
    CHECK(trouble.state.doctor->repairing == "service_stopped");
    trouble.tell(DoctorGroup::service, {stopped(Finding::Repair::failed)});
    trouble.happens(state::DoctorDone{trouble.call(), true});
    trouble.does(state::RepairFinding{"service_stopped"});
    CHECK(!trouble.called());
}

TEST_CASE("doctor: a card that is laid there to be looked at starts nothing") {
    Trouble trouble;
    trouble.does(state::ShowDoctor{});
    trouble.lay_staff();
    CHECK(trouble.state.screen == Screen::doctor);
    CHECK(trouble.effects.empty());
    trouble.card(card::CardForeign{3, card::ForeignCard::transit});
    CHECK(trouble.state.screen == Screen::doctor);
    CHECK(trouble.effects.empty());
}

TEST_CASE("doctor: back leads to where it was called, and nothing of it stays") {
    Trouble trouble;
    trouble.does(state::ShowDoctor{});
    trouble.does(state::GoBack{});
    CHECK(trouble.state.screen == Screen::idle);
    CHECK(!trouble.state.doctor);
    // What is told of a call nobody waits for any more brings nothing back.
    trouble.happens(state::DoctorTold{1, DoctorGroup::card, {}});
    trouble.happens(state::DoctorDone{1, true});
    CHECK(trouble.state.screen == Screen::idle);
}
