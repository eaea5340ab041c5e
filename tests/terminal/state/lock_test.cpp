#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

desk::Colleague may_return(const Counter& counter, std::chrono::minutes for_so_long) {
    auto who = colleague("0000000101");
    who.shift_until = counter.state.now + for_so_long;
    return who;
}

// Idled: the desk has told who may come back.
void lock(Counter& counter) {
    counter.pass(counter.state.policy.staff_idle);
    counter.happens(state::ShiftsListed{{may_return(counter, 60min)}});
}

}  // namespace

TEST_CASE("lock: staff who left are locked out after the policy's time, staff who touch stay") {
    for (const auto idle : {60s, 300s}) {
        Counter counter;
        model::Policy policy;
        policy.staff_idle = idle;
        counter.happens(state::PolicyKnown{policy});
        counter.sign_in();
        counter.list({window(1)});
        counter.pass(idle - 1s);
        counter.does(state::Touched{});
        counter.pass(idle - 1s);
        CHECK(counter.state.staff);
        counter.pass(1s);
        CHECK(!counter.state.staff);
        CHECK(counter.asked<state::LockDesk>());
        CHECK(!counter.asked<state::SignOutDesk>());
        CHECK(counter.state.screen == Screen::locked);
        CHECK(counter.state.windows.empty());
    }
}

TEST_CASE("lock: it is said so long before as the policy wants, on any screen, and a touch keeps it open") {
    Counter counter;
    model::Policy policy;
    policy.staff_idle = 100s;
    policy.idle_warning = 20s;
    counter.happens(state::PolicyKnown{policy});
    counter.sign_in();
    counter.pass(79s);
    CHECK(!state::closing_in(counter.state));
    CHECK(state::next_tick(counter.state) == counter.state.at + 1s);
    counter.pass(6s);
    CHECK(state::closing_in(counter.state) == state::Closing{state::Closing::What::lock, 15s});
    counter.does(state::Touched{});
    CHECK(!state::closing_in(counter.state));
}

TEST_CASE("lock: a patient's summary nobody touches closes itself, said before") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.pass(80s);
    CHECK(counter.state.summary);
    CHECK(state::closing_in(counter.state) == state::Closing{state::Closing::What::screen, 10s});
    counter.does(state::Touched{});
    CHECK(!state::closing_in(counter.state));
    counter.pass(90s);
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.asked<state::ForgetTap>());
}

TEST_CASE("lock: within the shift the card alone opens the screen again") {
    Counter counter;
    counter.sign_in();
    lock(counter);
    REQUIRE(counter.state.locked->may_return.size() == 1);
    counter.lay_staff(7);
    counter.know_staff(7, "0000000101", false);
    REQUIRE(counter.asked<state::ProveCard>());
    CHECK(counter.asked<state::ProveCard>()->challenges.size() == 2);
    counter.type("1234");
    CHECK(counter.state.sign_in->pin.empty());
    counter.card(card::Proved{7, proofs(2)});
    REQUIRE(counter.asked<state::TryShift>());
    CHECK(counter.asked<state::TryShift>()->answers.size() == 2);
    counter.happens(state::SignInDone{7, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
    CHECK(counter.state.screen == Screen::home);
    CHECK(!counter.state.locked);
}

TEST_CASE("lock: any other staff card of this terminal signs in there with its PIN") {
    Counter counter;
    counter.sign_in();
    lock(counter);
    counter.lay_staff(7, "0000000102");
    counter.know_staff(7, "0000000102", true);
    CHECK(counter.state.screen == Screen::sign_in);
    CHECK(!counter.asked<state::ProveCard>());
    counter.try_pin(7);
    CHECK(counter.asked<state::TrySignIn>());
    counter.happens(state::SignInDone{7, desk::SignedIn{model::StaffId{"0000000102"}, "事務"}});
    CHECK(counter.state.staff->staff.str() == "0000000102");
}

TEST_CASE("lock: giving up the PIN pad leads back to the locked screen") {
    Counter counter;
    counter.sign_in();
    lock(counter);
    counter.lay_staff(7, "0000000102");
    counter.know_staff(7, "0000000102");
    counter.does(state::PressCancel{});
    CHECK(counter.state.screen == Screen::locked);
}

TEST_CASE("lock: a forged card does not come back, and is refused loudly") {
    Counter counter;
    counter.sign_in();
    lock(counter);
    counter.lay_staff(7);
    counter.know_staff(7, "0000000101", false);
    counter.card(card::Proved{7, proofs(2)});
    counter.happens(state::DeskFailed{7, state::DeskFailed::During::sign_in, {base::Fault::wrong_key, ""}});
    CHECK(counter.told("forged_staff_card"));
    CHECK(!counter.state.staff);
}

TEST_CASE("lock: a shift that ended while the card answered asks for the card again") {
    Counter counter;
    counter.sign_in();
    lock(counter);
    counter.lay_staff(7);
    counter.know_staff(7, "0000000101", false);
    counter.card(card::Proved{7, proofs(2)});
    counter.happens(state::DeskFailed{
        7, state::DeskFailed::During::sign_in, {base::Fault::denied, "outside a shift the PIN is needed"}});
    CHECK(counter.told("shift_over"));
}

TEST_CASE("lock: a shift that is over is not offered any more, and after the last the terminal is an idle one") {
    Counter counter;
    counter.sign_in();
    counter.pass(counter.state.policy.staff_idle);
    counter.happens(state::ShiftsListed{{may_return(counter, 10min), may_return(counter, 30min)}});
    counter.pass(10min);
    CHECK(counter.state.locked->may_return.size() == 1);
    CHECK(counter.state.screen == Screen::locked);
    counter.pass(20min);
    CHECK(!counter.state.locked);
    CHECK(counter.state.screen == Screen::idle);
}

TEST_CASE("lock: by hand, and a patient's card finds staff first") {
    Counter counter;
    counter.sign_in();
    counter.does(state::LockNow{});
    CHECK(counter.asked<state::LockDesk>());
    CHECK(counter.state.screen == Screen::locked);
    counter.lay_patient();
    CHECK(counter.told("staff_first"));
    counter.does(state::DismissNotice{});
    CHECK(counter.state.screen == Screen::locked);
}

TEST_CASE("lock: laying another staff card on switches within their shift without a PIN, and the first may come back") {
    Counter counter;
    counter.sign_in();
    counter.lay_staff(5, "0000000102");
    counter.know_staff(5, "0000000102", false);
    CHECK(counter.asked<state::LockDesk>());
    CHECK(counter.asked<state::ProveCard>());
    CHECK(!counter.state.staff);
    counter.card(card::Proved{5, proofs(2)});
    CHECK(counter.asked<state::TryShift>());
    counter.happens(state::SignInDone{5, desk::SignedIn{model::StaffId{"0000000102"}, "事務"}});
    CHECK(counter.state.staff->staff.str() == "0000000102");
}

TEST_CASE("lock: signing out ends the shift and leads to the idle screen") {
    Counter counter;
    counter.sign_in();
    counter.does(state::SignOut{});
    CHECK(counter.asked<state::SignOutDesk>());
    CHECK(!counter.state.locked);
    CHECK(counter.state.screen == Screen::idle);
}

TEST_CASE("lock: staff the feed takes away are put out, and it is said") {
    Counter counter;
    counter.sign_in();
    counter.list({window(1)});
    counter.to_summary();
    counter.happens(state::StaffEnded{});
    CHECK(counter.told("staff_ended"));
    CHECK(!counter.state.staff);
    CHECK(!counter.state.summary);
    CHECK(counter.state.windows.empty());
    counter.does(state::DismissNotice{});
    CHECK(counter.state.screen == Screen::idle);
    counter.happens(state::StaffEnded{});
    CHECK(counter.nothing());
}

TEST_CASE("lock: an answer about shifts that comes after somebody is back changes nothing") {
    Counter counter;
    counter.sign_in();
    counter.happens(state::ShiftsListed{{may_return(counter, 60min)}});
    CHECK(!counter.state.locked);
    CHECK(counter.state.screen == Screen::home);
}
