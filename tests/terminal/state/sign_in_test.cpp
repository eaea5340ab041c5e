#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;

TEST_CASE("sign-in: a staff card is looked up and then the PIN is asked for") {
    Counter counter;
    counter.lay_staff();
    CHECK(counter.asked<state::LookUpCard>()->session == staff_card);
    CHECK(counter.state.screen == Screen::idle);
    counter.know_staff();
    CHECK(counter.state.screen == Screen::sign_in);
    CHECK(counter.state.sign_in->staff.str() == "0000000101");
}

TEST_CASE("sign-in: card and PIN go to the desk together, and the PIN is gone from the state") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.type("1234");
    counter.does(state::PressEnter{});
    REQUIRE(counter.asked<state::ProveCard>());
    CHECK(counter.asked<state::ProveCard>()->challenges.size() == 2);
    CHECK(counter.asked<state::ProveCard>()->challenges[1].bytes[0] == 2);
    counter.card(card::Proved{staff_card, proofs(2)});
    const auto* attempt = counter.asked<state::TrySignIn>();
    REQUIRE(attempt);
    CHECK(attempt->answers.size() == 2);
    CHECK(base::as_text(attempt->pin.view()) == "1234");
    CHECK(counter.state.sign_in->pin.empty());
}

TEST_CASE("sign-in: a right PIN leads home, lists the windows and starts a sync") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.happens(state::SignInDone{staff_card, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.state.staff->name == "薬剤師");
    CHECK(!counter.state.sign_in);
    CHECK(counter.asked<state::TendDesk>());  // takes in what came while nobody was here
    CHECK(counter.asked<state::ListWindows>());
    CHECK(counter.asked<state::SyncNow>());
    CHECK(counter.asked<state::PlaySound>()->sound == state::PlaySound::Sound::card_read);
}

TEST_CASE("sign-in: a wrong PIN says how many tries are left and may be typed again") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.happens(state::SignInDone{staff_card, desk::WrongPin{3, std::nullopt}});
    CHECK(counter.state.screen == Screen::sign_in);
    CHECK(counter.state.sign_in->tries_left == 3);
    CHECK(counter.asked<state::PlaySound>()->sound == state::PlaySound::Sound::refused);
    counter.try_pin();
    CHECK(counter.asked<state::TrySignIn>());
}

TEST_CASE("sign-in: while it is locked nothing can be typed, afterwards it can") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.happens(state::SignInDone{staff_card, desk::WrongPin{0, counter.state.now + 40s}});
    counter.type("1234");
    CHECK(counter.state.sign_in->pin.empty());
    counter.pass(41s);
    counter.type("12");
    CHECK(counter.state.sign_in->pin.size() == 2);
}

TEST_CASE("sign-in: a card that is locked already says so before anything is typed") {
    Counter counter;
    counter.lay_staff();
    desk::StaffChallenge challenge;
    challenge.locked_until = counter.state.now + 20s;
    counter.happens(state::StaffCardKnown{staff_card, challenge});
    counter.type("1234");
    CHECK(counter.state.sign_in->pin.empty());
}

TEST_CASE("sign-in: a PIN has four to eight digits") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.type("123");
    counter.does(state::PressEnter{});
    CHECK(counter.nothing());
    counter.type("4567890");
    CHECK(counter.state.sign_in->pin.size() == 8);
    counter.does(state::PressClear{});
    CHECK(counter.state.sign_in->pin.empty());
}

TEST_CASE("sign-in: pressing enter twice asks the card once") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.type("1234");
    counter.does(state::PressEnter{});
    counter.does(state::PressEnter{});
    CHECK(counter.nothing());
    counter.card(card::Proved{staff_card, proofs(2)});
    counter.card(card::Proved{staff_card, proofs(2)});
    CHECK(!counter.asked<state::TrySignIn>());
}

TEST_CASE("sign-in: cancel and back wipe the PIN and go to the idle screen") {
    for (const bool back : {false, true}) {
        Counter counter;
        counter.lay_staff();
        counter.know_staff();
        counter.type("12");
        if (back)
            counter.does(state::GoBack{});
        else
            counter.does(state::PressCancel{});
        CHECK(counter.state.screen == Screen::idle);
        CHECK(!counter.state.sign_in);
    }
}

TEST_CASE("sign-in: a staff card taken away while typing ends it and says why") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.type("12");
    counter.card(card::CardGone{staff_card});
    CHECK(counter.told("staff_card_taken"));
    CHECK(!counter.state.sign_in);
}

TEST_CASE("sign-in: a card torn off while it answers asks to hold it again") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.type("1234");
    counter.does(state::PressEnter{});
    counter.card(card::CardTorn{staff_card});
    CHECK(counter.told("card_torn"));
    counter.card(card::CardGone{staff_card});
    CHECK(counter.told("card_torn"));
}

TEST_CASE("sign-in: a card taken away while the PIN is tried may still succeed") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.card(card::CardGone{staff_card});
    CHECK(counter.state.screen == Screen::sign_in);
    counter.happens(state::SignInDone{staff_card, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
    CHECK(counter.state.screen == Screen::home);
}

TEST_CASE("sign-in: a wrong PIN of a card that is gone asks for the card again") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.card(card::CardGone{staff_card});
    counter.happens(state::SignInDone{staff_card, desk::WrongPin{2, std::nullopt}});
    CHECK(counter.told("wrong_pin"));
}

TEST_CASE("sign-in: an answer for somebody who is not waiting any more closes the desk again") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.card(card::CardGone{staff_card});
    counter.lay_staff(3, "0000000102");
    counter.happens(state::SignInDone{staff_card, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
    CHECK(counter.asked<state::LockDesk>());
    CHECK(!counter.state.staff);
    counter.know_staff(3, "0000000102");
    CHECK(counter.state.screen == Screen::sign_in);
    CHECK(counter.state.sign_in->staff.str() == "0000000102");
}

TEST_CASE("sign-in: a late answer to an older staff card changes nothing") {
    Counter counter;
    counter.lay_staff(1);
    counter.card(card::CardGone{1});
    counter.lay_staff(2);
    counter.know_staff(1);
    CHECK(counter.state.screen == Screen::idle);
    counter.know_staff(2);
    CHECK(counter.state.screen == Screen::sign_in);
    counter.happens(state::SignInDone{2, desk::WrongPin{1, std::nullopt}});  // nothing was tried
    CHECK(!counter.state.sign_in->tries_left);
}

TEST_CASE("sign-in: the same card again says that one is signed in already") {
    Counter counter;
    counter.sign_in();
    counter.lay_staff(5);
    CHECK(counter.told("already_signed_in"));
    CHECK(!counter.asked<state::LookUpCard>());
    CHECK(counter.state.staff);
}

TEST_CASE("sign-in: another person's card switches to that person") {
    Counter counter;
    counter.sign_in();
    counter.lay_staff(5, "0000000102");
    CHECK(counter.asked<state::LookUpCard>());
    CHECK(counter.state.staff);
    counter.know_staff(5, "0000000102");
    CHECK(counter.asked<state::LockDesk>());
    CHECK(!counter.asked<state::SignOutDesk>());
    CHECK(!counter.state.staff);
    CHECK(counter.state.screen == Screen::sign_in);
    CHECK(counter.state.windows.empty());
}

TEST_CASE("sign-in: an unknown staff card is refused and leaves who is signed in") {
    Counter counter;
    counter.sign_in();
    counter.lay_staff(5, "0000000999");
    counter.happens(state::DeskFailed{5, state::DeskFailed::During::staff_card, {base::Fault::not_found, ""}});
    CHECK(counter.told("staff_unknown"));
    CHECK(counter.state.staff);
}

TEST_CASE("sign-in: a staff card that is stopped has its own sentence") {
    Counter counter;
    counter.lay_staff();
    counter.happens(state::DeskFailed{staff_card, state::DeskFailed::During::staff_card, {base::Fault::denied, ""}});
    CHECK(counter.told("staff_denied"));
}

TEST_CASE("sign-in: a desk that cannot try the PIN ends the sign-in with a sentence") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.happens(state::DeskFailed{staff_card, state::DeskFailed::During::sign_in, {base::Fault::io, ""}});
    CHECK(counter.told("store_failed"));
    CHECK(!counter.state.sign_in);
}

TEST_CASE("sign-out: everything that was opened goes with the person") {
    Counter counter;
    counter.sign_in();
    counter.list({window(1)});
    counter.to_summary();
    counter.does(state::SignOut{});
    CHECK(counter.asked<state::SignOutDesk>());
    CHECK(counter.asked<state::ForgetTap>());
    CHECK(counter.state.screen == Screen::idle);
    CHECK(!counter.state.staff);
    CHECK(!counter.state.summary);
    CHECK(counter.state.windows.empty());
}

TEST_CASE("sign-out: with nobody signed in it does nothing") {
    Counter counter;
    counter.does(state::SignOut{});
    CHECK(counter.nothing());
}
