#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

struct Shop : Pharmacy {
    base::Result<desk::SignedIn> come_back(const SmallCard& card) {
        const auto challenge = desk->staff_card(card.identity);
        if (!challenge) return challenge.error();
        return desk->unlock_shift(card.identity, card.answers(challenge->first, challenge->second));
    }
    bool asks_pin(const SmallCard& card) { return desk->staff_card(card.identity)->pin_needed; }
    void sign_in_colleague() { REQUIRE(std::holds_alternative<desk::SignedIn>(*try_sign_in(colleague, other_pin))); }
    wire::LedgerBody last() { return region.read(ledger().back()); }
};

}  // namespace

TEST_CASE("shift: within it the staff card alone opens a locked screen") {
    Shop shop;
    CHECK(shop.asks_pin(shop.staff));
    CHECK(shop.come_back(shop.staff).fault() == Fault::denied);
    shop.sign_in();
    REQUIRE(shop.desk->lock());
    CHECK_FALSE(shop.desk->signed_in());
    CHECK(shop.desk->windows().fault() == Fault::denied);
    CHECK_FALSE(shop.asks_pin(shop.staff));
    const auto back = shop.come_back(shop.staff);
    REQUIRE(back);
    CHECK(back->staff.str() == "0000000001");
    CHECK(back->name == "野津 渚");
    CHECK(shop.desk->windows());
    CHECK(shop.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::locked, LedgerKind::unlocked});
    const auto entries = shop.ledger();
    for (const auto& entry : entries) CHECK(shop.region.read(entry).staff.str() == "0000000001");
}

TEST_CASE("shift: it ends with the policy's time, with signing out and with the power") {
    Shop shop;
    shop.sign_in();
    REQUIRE(shop.desk->lock());
    SECTION("time") {
        shop.clock.pass(4h - 1ms);
        CHECK_FALSE(shop.asks_pin(shop.staff));
        CHECK(shop.desk->shifts().size() == 1);
        shop.clock.pass(1ms);
        CHECK(shop.desk->shifts().empty());
    }
    SECTION("signing out") {
        REQUIRE(shop.come_back(shop.staff));
        REQUIRE(shop.desk->sign_out());
    }
    SECTION("power") { shop.start(); }
    CHECK(shop.asks_pin(shop.staff));
    CHECK(shop.come_back(shop.staff).fault() == Fault::denied);
    shop.sign_in();  // card and PIN begin the next one
    REQUIRE(shop.desk->lock());
    CHECK_FALSE(shop.asks_pin(shop.staff));
}

TEST_CASE("shift: coming back does not make it longer") {
    Shop shop;
    shop.sign_in();
    for (int hour = 0; hour < 3; ++hour) {
        shop.clock.pass(1h);
        REQUIRE(shop.desk->lock());
        REQUIRE(shop.come_back(shop.staff));
    }
    shop.clock.pass(1h);
    REQUIRE(shop.desk->lock());
    CHECK(shop.come_back(shop.staff).fault() == Fault::denied);
}

TEST_CASE("shift: several are here at a time, and each takes the screen over with the card") {
    Shop shop;
    shop.sign_in();
    shop.sign_in_colleague();
    CHECK(shop.desk->who()->staff.str() == "0000000002");
    REQUIRE(shop.come_back(shop.staff));
    CHECK(shop.desk->who()->staff.str() == "0000000001");
    REQUIRE(shop.come_back(shop.colleague));
    CHECK(shop.desk->who()->staff.str() == "0000000002");
    CHECK(shop.kinds() == std::vector{LedgerKind::sign_in, LedgerKind::locked, LedgerKind::sign_in, LedgerKind::locked,
                                      LedgerKind::unlocked, LedgerKind::locked, LedgerKind::unlocked});
    // Signing out ends one's own shift, not the other's.
    REQUIRE(shop.desk->sign_out());
    CHECK(shop.asks_pin(shop.colleague));
    CHECK_FALSE(shop.asks_pin(shop.staff));
    const auto here = shop.desk->shifts();
    REQUIRE(here.size() == 1);
    CHECK(here.front().staff.str() == "0000000001");
    CHECK(here.front().name == "野津 渚");
    CHECK(here.front().shift_until == shop.clock.wall() + 4h);
}

TEST_CASE("shift: a card that only says it is the one opens nothing, and is on the record") {
    Shop shop;
    shop.sign_in();
    REQUIRE(shop.desk->lock());
    CHECK(shop.come_back(shop.staff.forged()).fault() == Fault::wrong_key);
    CHECK_FALSE(shop.desk->signed_in());
    CHECK(shop.ledger().back().kind == LedgerKind::card_refused);
    CHECK(shop.last().note == "shift_not_opened");
    CHECK(shop.last().other_staff.str() == "0000000001");
    CHECK(shop.last().idm == shop.staff.identity.idm);
    CHECK(shop.desk->unlock_shift(shop.staff.identity, {}).fault() == Fault::malformed);
    // Whose card it is takes no harm.
    CHECK(shop.come_back(shop.staff));
}

TEST_CASE("shift: a forged card does not push out who is signed in") {
    Shop shop;
    shop.sign_in_colleague();
    shop.sign_in();
    CHECK(shop.come_back(shop.colleague.forged()).fault() == Fault::wrong_key);
    CHECK(shop.desk->who()->staff.str() == "0000000001");
}

TEST_CASE("shift: signing in over somebody who does not know their PIN leaves them signed in") {
    Shop shop;
    shop.sign_in();
    CHECK(std::holds_alternative<desk::WrongPin>(*shop.try_sign_in(shop.colleague, "0000")));
    CHECK(shop.desk->who()->staff.str() == "0000000001");
}

TEST_CASE("shift: locking wipes the tap that was under way and is on the record once") {
    Shop shop;
    const auto patient = shop.admit_hanako();
    shop.sign_in();
    REQUIRE(shop.unlock(patient.card));
    REQUIRE(shop.desk->lock());
    REQUIRE(shop.desk->lock());
    CHECK(shop.desk->draft_grant().fault() == Fault::out_of_order);
    CHECK(shop.kinds().back() == LedgerKind::locked);
    CHECK(shop.kinds().size() == 2);
    REQUIRE(shop.desk->sign_out());  // nobody is: nothing to write
    CHECK(shop.kinds().size() == 2);
}

TEST_CASE("shift: who has left the staff or lost the card loses session and shift at the next page") {
    Shop shop;
    bool in_front = false;
    SECTION("signed in") { in_front = true; }
    SECTION("locked") {}
    bool lost = false;
    SECTION("left") {}
    SECTION("card lost") { lost = true; }
    shop.sign_in();
    if (!in_front) REQUIRE(shop.desk->lock());
    shop.desk->tend().value();
    CHECK(shop.desk->signed_in() == in_front);  // nothing has happened yet
    CHECK(shop.desk->shifts().size() == 1);
    if (lost) {
        shop.region.feed.push_back(model::RevokedCard{shop.region.index_of(shop.staff)});
    } else {
        shop.region.feed.push_back(
            model::StaffMember{model::StaffId{"0000000001"}, shop.enrolment.facility.id, "野津 渚", false});
    }
    shop.sync();
    shop.desk->tend().value();
    CHECK_FALSE(shop.desk->signed_in());
    CHECK(shop.desk->shifts().empty());
    CHECK_FALSE(shop.come_back(shop.staff));
    if (in_front) {
        CHECK(shop.kinds().back() == LedgerKind::sign_out);
        CHECK(shop.last().note == "removed");
    }
    // A colleague is not touched.
    shop.sign_in_colleague();
    CHECK(shop.desk->tend());
    CHECK(shop.desk->signed_in());
}

TEST_CASE("shift: only where the policy allows break-glass and the key for it is here may one search") {
    Shop shop;
    shop.sign_in();
    CHECK_FALSE(shop.desk->who()->may_search);
    auto policy = model::default_policy();
    policy.version = 2;
    policy.types[model::FacilityType::pharmacy].break_glass = model::BreakGlass::one_staff;
    SECTION("allowed") { shop.region.feed.push_back(policy); }
    SECTION("never") {}
    shop.sync();
    CHECK_FALSE(shop.desk->who()->may_search);  // no key yet
    shop.region.feed.push_back(model::EmergencyKeyWrap{
        1, vault::seal_emergency_key(shop.facility_key.seal, 1, vault::random_key<vault::EmergencyKey>())});
    shop.sync();
    const bool allowed = shop.connection().policy()->version == 2;
    CHECK(shop.desk->who()->may_search == allowed);
    REQUIRE(shop.desk->lock());
    CHECK(shop.come_back(shop.staff)->may_search == allowed);
    CHECK(std::get<desk::SignedIn>(*shop.try_sign_in(shop.staff, Pharmacy::right_pin)).may_search == allowed);
}
