#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using Kind = state::StaffJob::Kind;
using Asks = state::SignIn::Asks;
using During = state::DeskFailed::During;

namespace {

constexpr card::SessionNumber second_card = 5;

void start(Counter& counter, Kind kind) {
    counter.sign_in();
    counter.to_menu();
    counter.does(state::StartJob{kind});
}

// A third is chosen, and the second colleague's card lies on the reader.
void to_second_card(Counter& counter, bool pin_needed) {
    start(counter, Kind::let_in);
    counter.does(state::ChooseColleague{model::StaffId{"0000000103"}});
    counter.lay_staff(second_card, "0000000102");
    counter.know_staff(second_card, "0000000102", pin_needed);
}

}  // namespace

TEST_CASE("staff: the menu asks for the colleagues, and is there for who is signed in only") {
    Counter counter;
    counter.does(state::ShowStaffMenu{});
    CHECK(counter.state.screen == Screen::idle);
    counter.sign_in();
    counter.does(state::ShowStaffMenu{});
    CHECK(counter.asked<state::ListColleagues>());
    counter.happens(state::ColleaguesListed{{colleague("0000000102")}});
    CHECK(counter.state.colleagues.size() == 1);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.state.colleagues.empty());
}

TEST_CASE("staff: whom a job may be about depends on the job") {
    Counter counter;
    counter.sign_in();
    counter.to_menu();
    const auto first = [&](Kind kind) { return state::choosable(counter.state, kind).front()->staff.str(); };
    CHECK(state::choosable(counter.state, Kind::let_in).size() == 2);
    CHECK(state::choosable(counter.state, Kind::remove).size() == 1);
    CHECK(first(Kind::remove) == "0000000102");
    CHECK(state::choosable(counter.state, Kind::take_over).size() == 1);
    CHECK(first(Kind::take_over) == "0000000103");
    CHECK(state::choosable(counter.state, Kind::add_card).empty());
}

TEST_CASE("staff: a PIN is changed with the own card, the old PIN, and the new one twice") {
    Counter counter;
    start(counter, Kind::change_pin);
    CHECK(counter.state.screen == Screen::lay_card);
    counter.lay_staff(second_card);
    CHECK(counter.asked<state::LookUpCard>());
    counter.know_staff(second_card, "0000000101", false);  // the shift does not spare the PIN here
    CHECK(counter.state.screen == Screen::sign_in);
    CHECK(counter.state.sign_in->asks == Asks::old_pin);
    CHECK(!counter.asked<state::LockDesk>());
    CHECK(counter.state.staff);
    counter.enter("1234");
    CHECK(counter.state.sign_in->asks == Asks::new_pin);
    CHECK(counter.state.sign_in->pin.empty());
    counter.enter("567890");
    CHECK(counter.state.sign_in->asks == Asks::again);
    counter.enter("567890");
    REQUIRE(counter.asked<state::ProveCard>());
    counter.card(card::Proved{second_card, proofs(2)});
    const auto* change = counter.asked<state::ChangePin>();
    REQUIRE(change);
    CHECK(base::as_text(change->old_pin.view()) == "1234");
    CHECK(base::as_text(change->new_pin.view()) == "567890");
    CHECK(counter.state.sign_in->old_pin.empty());
    CHECK(counter.state.sign_in->new_pin.empty());
    counter.happens(state::PinChanged{second_card});
    CHECK(counter.told("pin_changed"));
    CHECK(!counter.state.job);
    CHECK(!counter.state.sign_in);
    counter.does(state::DismissNotice{});
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("staff: a new PIN that was not the same twice is asked for again") {
    Counter counter;
    start(counter, Kind::change_pin);
    counter.lay_staff(second_card);
    counter.know_staff(second_card);
    counter.enter("1234");
    counter.enter("5678");
    counter.enter("5679");
    CHECK(!counter.asked<state::ProveCard>());
    CHECK(counter.state.sign_in->differed);
    CHECK(counter.state.sign_in->asks == Asks::new_pin);
    CHECK(counter.state.sign_in->new_pin.empty());
    CHECK(counter.state.sign_in->pin.empty());
    counter.enter("5678");
    CHECK(!counter.state.sign_in->differed);
    counter.enter("5678");
    CHECK(counter.asked<state::ProveCard>());
}

TEST_CASE("staff: the own card that still lies there is taken at once for a PIN change") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.happens(state::SignInDone{staff_card, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
    counter.to_menu();
    counter.does(state::StartJob{Kind::change_pin});
    REQUIRE(counter.asked<state::LookUpCard>());
    CHECK(counter.asked<state::LookUpCard>()->session == staff_card);
}

TEST_CASE("staff: whose card can help with which job") {
    struct Row {
        Kind kind;
        const char* number;
        bool right;
    };
    const Row rows[] = {
        {Kind::change_pin, "0000000101", true}, {Kind::change_pin, "0000000102", false},
        {Kind::add_card, "0000000104", true},   {Kind::add_card, "0000000101", false},
        {Kind::let_in, "0000000102", true},     {Kind::let_in, "0000000101", false},
        {Kind::let_in, "0000000103", false},
    };
    for (const Row& row : rows) {
        Counter counter;
        start(counter, row.kind);
        if (row.kind == Kind::let_in) counter.does(state::ChooseColleague{model::StaffId{"0000000103"}});
        REQUIRE(counter.state.screen == Screen::lay_card);
        counter.lay_staff(second_card, row.number);
        const bool looked_up = counter.asked<state::LookUpCard>() || counter.asked<state::DraftSlot>();
        CHECK(looked_up == row.right);
        CHECK(counter.state.job->wrong_card == !row.right);
        CHECK(counter.state.screen == Screen::lay_card);
    }
}

TEST_CASE("staff: two colleagues let a third in, who is signed in then") {
    for (const bool pin_needed : {true, false}) {
        Counter counter;
        to_second_card(counter, pin_needed);
        CHECK(counter.state.staff->staff.str() == "0000000101");
        if (pin_needed) counter.enter("4321");
        REQUIRE(counter.asked<state::ProveCard>());
        counter.card(card::Proved{second_card, proofs(2)});
        const auto* let_in = counter.asked<state::LetInColleague>();
        REQUIRE(let_in);
        CHECK(let_in->third.str() == "0000000103");
        CHECK(let_in->pin.has_value() == pin_needed);
        if (pin_needed) CHECK(base::as_text(let_in->pin->view()) == "4321");
        counter.happens(state::LetIn{desk::SignedIn{model::StaffId{"0000000103"}, "登録販売者"}});
        CHECK(counter.state.screen == Screen::home);
        CHECK(counter.state.staff->staff.str() == "0000000103");
        CHECK(counter.asked<state::ListWindows>());
    }
}

TEST_CASE("staff: somebody let in whom nobody waits for any more is locked out again") {
    Counter counter;
    to_second_card(counter, false);
    counter.card(card::Proved{second_card, proofs(2)});
    counter.does(state::LockNow{});
    counter.happens(state::LetIn{desk::SignedIn{model::StaffId{"0000000103"}, "登録販売者"}});
    CHECK(counter.asked<state::LockDesk>());
    CHECK(!counter.state.staff);
    CHECK(counter.state.screen == Screen::locked);
}

TEST_CASE("staff: a colleague's card is added with a PIN of their own, typed twice") {
    Counter counter;
    start(counter, Kind::add_card);
    counter.lay_staff(second_card, "0000000104");
    REQUIRE(counter.asked<state::DraftSlot>());
    counter.know_staff(second_card, "0000000104");
    CHECK(counter.state.sign_in->asks == Asks::new_pin);
    counter.enter("2468");
    counter.enter("2468");
    counter.card(card::Proved{second_card, proofs(2)});
    REQUIRE(counter.asked<state::AddSlot>());
    CHECK(base::as_text(counter.asked<state::AddSlot>()->pin.view()) == "2468");
    counter.happens(state::SlotAdded{second_card});
    CHECK(counter.told("slot_added"));
    CHECK(counter.state.staff->staff.str() == "0000000101");
}

TEST_CASE("staff: a colleague's access is removed after a second yes") {
    Counter counter;
    start(counter, Kind::remove);
    counter.does(state::ChooseColleague{model::StaffId{"0000000103"}});  // has no slot here
    CHECK(counter.state.screen == Screen::colleagues);
    counter.does(state::ChooseColleague{model::StaffId{"0000000102"}});
    CHECK(counter.state.screen == Screen::confirm_removal);
    CHECK(counter.nothing());
    counter.does(state::ConfirmRemoval{});
    REQUIRE(counter.asked<state::RemoveSlot>());
    CHECK(counter.asked<state::RemoveSlot>()->staff.str() == "0000000102");
    counter.does(state::ConfirmRemoval{});
    CHECK(counter.nothing());
    counter.happens(state::SlotRemoved{model::StaffId{"0000000102"}});
    CHECK(counter.told("slot_removed"));
}

TEST_CASE("staff: one who was let in takes over with a touch") {
    Counter counter;
    start(counter, Kind::take_over);
    counter.does(state::ChooseColleague{model::StaffId{"0000000103"}});
    REQUIRE(counter.asked<state::TakeOver>());
    CHECK(counter.asked<state::TakeOver>()->admitted.str() == "0000000103");
    counter.does(state::ChooseColleague{model::StaffId{"0000000103"}});
    CHECK(counter.nothing());
    counter.happens(state::LetIn{desk::SignedIn{model::StaffId{"0000000103"}, "登録販売者"}});
    CHECK(counter.state.staff->staff.str() == "0000000103");
}

TEST_CASE("staff: what the desk refuses has its sentence") {
    struct Row {
        Kind kind;
        During during;
        base::Fault fault;
        const char* notice;
    };
    const Row rows[] = {
        {Kind::change_pin, During::change_pin, base::Fault::wrong_key, "wrong_pin"},
        {Kind::change_pin, During::change_pin, base::Fault::denied, "staff_denied"},
        {Kind::let_in, During::let_in, base::Fault::wrong_key, "wrong_pin"},
        {Kind::let_in, During::let_in, base::Fault::denied, "staff_denied"},
        {Kind::add_card, During::add_slot, base::Fault::disk_full, "disk_full"},
        {Kind::remove, During::remove_slot, base::Fault::denied, "last_slot"},
        {Kind::take_over, During::take_over, base::Fault::denied, "staff_denied"},
    };
    for (const Row& row : rows) {
        Counter counter;
        start(counter, row.kind);
        if (row.kind == Kind::remove) counter.does(state::ChooseColleague{model::StaffId{"0000000102"}});
        if (row.kind == Kind::remove) counter.does(state::ConfirmRemoval{});
        const bool third = row.kind == Kind::let_in || row.kind == Kind::take_over;
        if (third) counter.does(state::ChooseColleague{model::StaffId{"0000000103"}});
        if (counter.state.screen == Screen::lay_card) {
            const char* number = row.kind == Kind::change_pin ? "0000000101" : "0000000102";
            counter.lay_staff(second_card, number);
            counter.know_staff(second_card, number);
            for (int typed = 0; typed < 3 && counter.state.sign_in->step == state::SignIn::Step::typing; ++typed)
                counter.enter("1234");
            counter.card(card::Proved{second_card, proofs(2)});
        }
        counter.happens(state::DeskFailed{second_card, row.during, {row.fault, ""}});
        CHECK(counter.told(row.notice));
        CHECK(!counter.state.job);
        CHECK(counter.state.staff);
    }
}

TEST_CASE("staff: what the desk denies for a reason of its own is said in its own words") {
    struct Row {
        const char* detail;
        const char* notice;
    };
    for (const Row& row : {Row{"has a slot here already", "has_slot"}, Row{"staff card is revoked", "staff_denied"}}) {
        Counter counter;
        start(counter, Kind::add_card);
        counter.lay_staff(second_card, "0000000104");
        counter.happens(state::DeskFailed{second_card, During::staff_card, {base::Fault::denied, row.detail}});
        CHECK(counter.told(row.notice));
    }
    Counter counter;
    to_second_card(counter, false);
    counter.card(card::Proved{second_card, proofs(2)});
    counter.happens(state::DeskFailed{second_card, During::let_in, {base::Fault::denied, "was let in without a card"}});
    CHECK(counter.told("guest_cannot"));
}

TEST_CASE("staff: back leads from each step to the one before") {
    Counter counter;
    start(counter, Kind::let_in);
    counter.does(state::ChooseColleague{model::StaffId{"0000000103"}});
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::colleagues);
    CHECK(counter.state.colleagues.size() == 2);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::staff_menu);
    CHECK(!counter.state.job);
    counter.does(state::StartJob{Kind::add_card});
    counter.lay_staff(second_card, "0000000104");
    counter.know_staff(second_card, "0000000104");
    counter.enter("2468");
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::staff_menu);
    CHECK(!counter.state.sign_in);
    counter.does(state::StartJob{Kind::remove});
    counter.happens(state::ColleaguesListed{{colleague("0000000102")}});
    counter.does(state::ChooseColleague{model::StaffId{"0000000102"}});
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::colleagues);
}

TEST_CASE("staff: a card laid on for a job that was left does not sign anybody in, or out") {
    Counter counter;
    start(counter, Kind::add_card);
    counter.lay_staff(second_card, "0000000104");
    counter.does(state::GoBack{});
    counter.know_staff(second_card, "0000000104");
    CHECK(counter.state.screen == Screen::staff_menu);
    CHECK(counter.state.staff->staff.str() == "0000000101");
    CHECK(!counter.asked<state::LockDesk>());
}

TEST_CASE("staff: nothing of it begins with break-glass, which begins with a person") {
    Counter counter;
    start(counter, Kind::break_glass);
    CHECK(counter.state.screen == Screen::staff_menu);
    CHECK(!counter.state.job);
}

TEST_CASE("staff: a PIN changed while somebody is at a summary is not told in front of the patient") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.happens(state::PinChanged{second_card});
    CHECK(counter.state.screen == Screen::summary);
}
