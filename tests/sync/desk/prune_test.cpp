#include "sync/desk/tuning.h"
#include "tests/catch.h"
#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

TEST_CASE("desk: confirmed entries of long ago leave the terminal, the chain stays whole") {
    Pharmacy shop;
    shop.sign_in();
    REQUIRE(shop.desk->tend());
    const auto before = shop.connection().ledger_counts()->entries;
    shop.settle(shop.staff);
    shop.clock.pass(desk::tuning::ledger_kept + 24h);
    const auto oldest = [&] { return shop.connection().ledger_after({0}, 1)->front().seq.value; };
    // The last one before the year went by is the newest of those that may go.
    REQUIRE(shop.try_sign_in(shop.colleague, Pharmacy::other_pin));
    CHECK(oldest() == 1);
    REQUIRE(shop.desk->tend());
    CHECK(oldest() == before + 1);
    CHECK(shop.connection().verify_ledger(shop.enrolment.signing.verify));
}
