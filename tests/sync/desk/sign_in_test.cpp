#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

desk::WrongPin wrong(const base::Result<desk::SignInAnswer>& answer) {
    REQUIRE(answer);
    REQUIRE(std::holds_alternative<desk::WrongPin>(*answer));
    return std::get<desk::WrongPin>(*answer);
}

}  // namespace

TEST_CASE("sign-in: the right card and the right PIN open the desk") {
    Pharmacy pharmacy;
    CHECK_FALSE(pharmacy.desk->signed_in());
    const auto answer = pharmacy.try_sign_in(pharmacy.staff, Pharmacy::right_pin);
    REQUIRE(answer);
    const auto& signed_in = std::get<desk::SignedIn>(*answer);
    CHECK(signed_in.staff.str() == "0000000001");
    CHECK(signed_in.name == "野津 渚");
    CHECK(pharmacy.desk->signed_in());
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in});
    REQUIRE(pharmacy.desk->sign_out());
    CHECK_FALSE(pharmacy.desk->signed_in());
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::sign_out});
    CHECK(pharmacy.region.read(pharmacy.ledger().back()).staff.str() == "0000000001");
}

TEST_CASE("sign-in: a colleague's card opens the same store") {
    Pharmacy pharmacy;
    const auto patient = pharmacy.admit_hanako();
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    const auto answer = pharmacy.try_sign_in(pharmacy.colleague, Pharmacy::other_pin);
    REQUIRE(std::holds_alternative<desk::SignedIn>(*answer));
    CHECK(pharmacy.desk->windows()->size() == 1);
    // Whoever was there before is locked out on the record.
    const auto kinds = pharmacy.kinds();
    CHECK(kinds[kinds.size() - 2] == LedgerKind::locked);
    CHECK(kinds.back() == LedgerKind::sign_in);
}

TEST_CASE("sign-in: the right PIN with a wrong card fails and is counted for the card that lies there") {
    Pharmacy pharmacy;
    CHECK(wrong(pharmacy.try_sign_in(pharmacy.colleague, Pharmacy::right_pin)).tries_left == 4);
    CHECK(wrong(pharmacy.try_sign_in(pharmacy.staff.forged(), Pharmacy::right_pin)).tries_left == 4);
    CHECK_FALSE(pharmacy.desk->signed_in());
    CHECK(pharmacy.kinds() == std::vector{LedgerKind::sign_in_failed, LedgerKind::sign_in_failed});
    const auto entries = pharmacy.ledger();
    CHECK(pharmacy.region.read(entries[0]).staff.str() == "0000000002");
    CHECK(pharmacy.region.read(entries[1]).staff.str() == "0000000001");
}

TEST_CASE("sign-in: wrong PINs count down and a right one starts over") {
    Pharmacy pharmacy;
    CHECK(wrong(pharmacy.try_sign_in(pharmacy.staff, "0000")).tries_left == 4);
    pharmacy.start();  // switching the terminal off does not give the tries back
    CHECK(wrong(pharmacy.try_sign_in(pharmacy.staff, "0001")).tries_left == 3);
    pharmacy.sign_in();
    CHECK(wrong(pharmacy.try_sign_in(pharmacy.staff, "0002")).tries_left == 4);
}

TEST_CASE("sign-in: five wrong PINs lock for a minute by trusted time") {
    Pharmacy pharmacy;
    for (int left = 4; left >= 1; --left) {
        const auto answer = wrong(pharmacy.try_sign_in(pharmacy.staff, "0000"));
        CHECK(answer.tries_left == left);
        CHECK_FALSE(answer.locked_until.has_value());
    }
    const auto fifth = wrong(pharmacy.try_sign_in(pharmacy.staff, "0000"));
    CHECK(fifth.tries_left == 0);
    CHECK(fifth.locked_until == pharmacy.clock.wall() + 60s);
    CHECK(pharmacy.desk->staff_card(pharmacy.staff.identity)->locked_until == fifth.locked_until);

    // No try is made while it is locked, not even the right one, and turning the clock about does not help.
    pharmacy.clock.pass(59s);
    CHECK(wrong(pharmacy.try_sign_in(pharmacy.staff, Pharmacy::right_pin)).locked_until == fifth.locked_until);
    pharmacy.clock.set_wall(pharmacy.clock.wall() - 1h);
    CHECK(wrong(pharmacy.try_sign_in(pharmacy.staff, Pharmacy::right_pin)).locked_until == fifth.locked_until);
    CHECK(pharmacy.kinds().size() == 5);
    CHECK(std::holds_alternative<desk::SignedIn>(*pharmacy.try_sign_in(pharmacy.colleague, Pharmacy::other_pin)));

    pharmacy.clock.pass(2s);
    CHECK_FALSE(pharmacy.desk->staff_card(pharmacy.staff.identity)->locked_until.has_value());
    pharmacy.sign_in();
}

TEST_CASE("sign-in: after the lock one more wrong PIN locks again") {
    Pharmacy pharmacy;
    for (int n = 0; n < 5; ++n) wrong(pharmacy.try_sign_in(pharmacy.staff, "0000"));
    pharmacy.clock.pass(61s);
    const auto sixth = wrong(pharmacy.try_sign_in(pharmacy.staff, "0000"));
    CHECK(sixth.tries_left == 0);
    CHECK(sixth.locked_until.has_value());
}

TEST_CASE("sign-in: a card without a slot is not known here") {
    Pharmacy pharmacy;
    const auto stranger = fakes::make_card(card::CardKind::staff, "0000000099");
    CHECK(pharmacy.desk->staff_card(stranger.identity).fault() == Fault::not_found);
    auto patient = fakes::make_card(card::CardKind::patient, "0000000001");
    CHECK(pharmacy.desk->staff_card(patient.identity).fault() == Fault::not_found);
}

TEST_CASE("sign-in: who has left the staff or lost the card stays outside") {
    Pharmacy pharmacy;
    SECTION("left") {
        pharmacy.region.feed.push_back(
            model::StaffMember{model::StaffId{"0000000001"}, pharmacy.enrolment.facility.id, "野津 渚", false});
    }
    SECTION("lost") { pharmacy.region.feed.push_back(model::RevokedCard{pharmacy.region.index_of(pharmacy.staff)}); }
    pharmacy.sync();
    CHECK(pharmacy.try_sign_in(pharmacy.staff, Pharmacy::right_pin).fault() == Fault::denied);
    CHECK_FALSE(pharmacy.desk->signed_in());
}

TEST_CASE("sign-in: a name the feed changes is known without signing in again") {
    Pharmacy pharmacy;
    CHECK(pharmacy.desk->who().fault() == Fault::denied);
    pharmacy.sign_in();
    CHECK(pharmacy.desk->who()->name == "野津 渚");
    pharmacy.region.feed.push_back(
        model::StaffMember{model::StaffId{"0000000001"}, pharmacy.enrolment.facility.id, "大友 渚", true});
    pharmacy.sync();
    CHECK(pharmacy.desk->who()->name == "大友 渚");
}

TEST_CASE("sign-in: a store whose sealed keys were exchanged does not open") {
    Pharmacy pharmacy;
    REQUIRE(pharmacy.connection().put_value(store::value_name::facility_key, base::Bytes(72, 1)));
    CHECK(pharmacy.try_sign_in(pharmacy.staff, Pharmacy::right_pin).fault() == Fault::corrupt);
    CHECK_FALSE(pharmacy.desk->signed_in());
}
