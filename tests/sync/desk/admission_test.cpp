#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

const model::StaffId first{"0000000001"};
const model::StaffId second{"0000000002"};
const model::StaffId third{"0000000003"};

struct Shop : Pharmacy {
    Shop() {
        name(second, "大友 環", true);
        name(third, "津久見 凪", true);
    }
    void name(const model::StaffId& staff_id, const char* kanji, bool active) {
        region.feed.push_back(model::StaffMember{staff_id, enrolment.facility.id, kanji, active});
        sync();
    }
    base::Result<desk::SignedIn> admit(const model::StaffId& whom, const SmallCard& by,
                                       std::optional<std::string_view> digits) {
        const auto challenge = desk->staff_card(by.identity);
        if (!challenge) return challenge.error();
        std::optional<base::SecretBytes> typed;
        if (digits) typed = pin(*digits);
        return desk->admit(whom, by.identity, by.answers(challenge->first, challenge->second), std::move(typed));
    }
    void sign_in_colleague() { REQUIRE(std::holds_alternative<desk::SignedIn>(*try_sign_in(colleague, other_pin))); }
    base::Result<desk::SignedIn> come_back(const SmallCard& card) {
        const auto challenge = desk->staff_card(card.identity);
        return desk->unlock_shift(card.identity, card.answers(challenge->first, challenge->second));
    }
    std::vector<LedgerKind> kinds_after(std::size_t count) {
        auto all = kinds();
        return {all.begin() + static_cast<std::ptrdiff_t>(count), all.end()};
    }
};

}  // namespace

TEST_CASE("admission: two colleagues let a third in without a card, on the record") {
    Shop shop;
    const auto patient = shop.admit_hanako();
    shop.sign_in();
    const auto in = shop.admit(third, shop.colleague, Pharmacy::other_pin);
    REQUIRE(in);
    CHECK(in->staff == third);
    CHECK(in->name == "津久見 凪");
    CHECK(shop.desk->who()->staff == third);
    CHECK(shop.kinds_after(1) == std::vector{LedgerKind::locked, LedgerKind::admitted, LedgerKind::sign_in});
    const auto entries = shop.ledger();
    const auto body = shop.region.read(entries[2]);
    CHECK(body.staff == first);
    CHECK(body.second_staff == second);
    CHECK(body.other_staff == third);
    CHECK(shop.region.read(entries[1]).staff == first);
    CHECK(shop.region.read(entries[3]).staff == third);
    CHECK(shop.region.read(entries[3]).note == "admitted");
    // What they do is theirs.
    REQUIRE(shop.tap(patient.card));
    CHECK(shop.region.read(shop.ledger().back()).staff == third);
    // The first one's shift went on; the second, who only lent a card and PIN, has none.
    CHECK(shop.desk->shifts().size() == 1);
    CHECK(shop.come_back(shop.staff));
}

TEST_CASE("admission: within their shift the second one's card is enough") {
    Shop shop;
    shop.sign_in_colleague();
    shop.sign_in();
    CHECK(shop.admit(third, shop.colleague, std::nullopt));
    CHECK(shop.desk->who()->staff == third);
}

TEST_CASE("admission: refused to anybody who is not two with their cards") {
    Shop shop;
    CHECK(shop.admit(third, shop.colleague, Pharmacy::other_pin).fault() == Fault::denied);  // nobody is signed in
    shop.sign_in();
    const auto refused = [&](const base::Result<desk::SignedIn>& answer, Fault fault) {
        CHECK(answer.fault() == fault);
        CHECK(shop.desk->who()->staff == first);
    };
    refused(shop.admit(third, shop.staff, Pharmacy::right_pin), Fault::denied);  // the same person twice
    refused(shop.admit(third, shop.colleague, std::nullopt), Fault::denied);     // outside a shift
    refused(shop.admit(third, shop.colleague, "0000"), Fault::wrong_key);
    refused(shop.admit(third, shop.colleague.forged(), Pharmacy::other_pin), Fault::wrong_key);
    refused(shop.admit(second, shop.colleague, Pharmacy::other_pin), Fault::denied);  // by their own card
    refused(shop.admit(first, shop.colleague, Pharmacy::other_pin), Fault::denied);   // is here already
    refused(shop.admit(model::StaffId{"0000000099"}, shop.colleague, Pharmacy::other_pin), Fault::denied);
    CHECK(shop.desk->admit(third, shop.colleague.identity, {}, pin(Pharmacy::other_pin)).fault() == Fault::malformed);
    shop.name(third, "津久見 凪", false);
    refused(shop.admit(third, shop.colleague, Pharmacy::other_pin), Fault::denied);
    CHECK(shop.kinds_after(1) == std::vector(2, LedgerKind::sign_in_failed));
    CHECK(shop.desk->switch_to(third).fault() == Fault::denied);
}

TEST_CASE("admission: wrong PINs of the second one lock as at the sign-in") {
    Shop shop;
    shop.sign_in();
    for (int n = 0; n < 4; ++n) CHECK(shop.admit(third, shop.colleague, "0000").fault() == Fault::wrong_key);
    CHECK(shop.admit(third, shop.colleague, "0000").fault() == Fault::denied);
    const auto locked = shop.admit(third, shop.colleague, Pharmacy::other_pin);
    CHECK(locked.fault() == Fault::denied);
    CHECK(locked.error().detail == "locked");
    CHECK(shop.kinds_after(1).size() == 5);
    shop.clock.pass(61s);
    CHECK(shop.admit(third, shop.colleague, Pharmacy::other_pin));
}

TEST_CASE("admission: who was let in can be switched to from a signed-in screen, and comes back no other way") {
    Shop shop;
    shop.sign_in();
    REQUIRE(shop.admit(third, shop.colleague, Pharmacy::other_pin));
    const auto before = shop.kinds().size();
    REQUIRE(shop.desk->lock());
    CHECK(shop.desk->switch_to(third).fault() == Fault::denied);  // from a locked screen there is no way
    REQUIRE(shop.come_back(shop.staff));
    CHECK(shop.desk->colleagues()->back().admitted);
    CHECK(shop.desk->colleagues()->back().shift_until == shop.clock.wall() + 4h);
    REQUIRE(shop.desk->switch_to(third));
    CHECK(shop.desk->who()->staff == third);
    CHECK(shop.kinds_after(before) ==
          std::vector{LedgerKind::locked, LedgerKind::unlocked, LedgerKind::locked, LedgerKind::unlocked});
    CHECK(shop.region.read(shop.ledger().back()).staff == third);
    CHECK(shop.region.read(shop.ledger().back()).note == "admitted");
    CHECK(shop.desk->switch_to(second).fault() == Fault::denied);  // nobody let them in
}

TEST_CASE("admission: who was let in lets nobody in") {
    Shop shop;
    const model::StaffId fourth{"0000000004"};
    shop.name(fourth, "佐伯 湊", true);
    shop.sign_in();
    REQUIRE(shop.admit(third, shop.colleague, Pharmacy::other_pin));
    CHECK(shop.admit(fourth, shop.colleague, Pharmacy::other_pin).fault() == Fault::denied);
}

TEST_CASE("admission: it ends with the shift, with signing out, with leaving and with the power") {
    Shop shop;
    shop.sign_in();
    REQUIRE(shop.admit(third, shop.colleague, Pharmacy::other_pin));
    REQUIRE(shop.desk->tend());
    REQUIRE(shop.desk->who()->staff == third);
    SECTION("time") {
        shop.clock.pass(4h - 1ms);
        REQUIRE(shop.desk->tend());
        CHECK(shop.desk->signed_in());
        shop.clock.pass(1ms);
        REQUIRE(shop.desk->tend());
        CHECK_FALSE(shop.desk->signed_in());
        CHECK(shop.region.read(shop.ledger().back()).note == "admission_ended");
    }
    SECTION("signing out") { REQUIRE(shop.desk->sign_out()); }
    SECTION("leaving") {
        shop.name(third, "津久見 凪", false);
        REQUIRE(shop.desk->tend());
        CHECK_FALSE(shop.desk->signed_in());
        CHECK(shop.kinds().back() == LedgerKind::sign_out);
    }
    SECTION("power") { shop.start(); }
    shop.sign_in();
    CHECK(shop.desk->switch_to(third).fault() == Fault::denied);
}
