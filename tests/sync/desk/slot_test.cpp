#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

struct Shop : Pharmacy {
    static constexpr std::string_view new_pin = "5310";
    SmallCard newcomer = fakes::make_card(card::CardKind::staff, "0000000003");

    Shop() {
        name("0000000002", "大友 環", true);
        name("0000000003", "津久見 凪", true);
    }
    void name(const char* number, const char* kanji, bool active) {
        region.feed.push_back(model::StaffMember{model::StaffId{number}, enrolment.facility.id, kanji, active});
        sync();
    }
    base::Status change(const SmallCard& card, std::string_view from, std::string_view to) {
        const auto challenge = desk->staff_card(card.identity);
        if (!challenge) return challenge.error();
        return desk->change_pin(card.identity, card.answers(challenge->first, challenge->second), pin(from), pin(to));
    }
    base::Status give_slot(const SmallCard& card, std::string_view digits) {
        const auto challenge = desk->draft_slot(card.identity);
        if (!challenge) return challenge.error();
        return desk->add_slot(card.identity, card.answers(challenge->first, challenge->second), pin(digits));
    }
    bool opens(const SmallCard& card, std::string_view digits) {
        const auto answer = try_sign_in(card, digits);
        return answer && std::holds_alternative<desk::SignedIn>(*answer);
    }
    wire::LedgerBody last() { return region.read(ledger().back()); }
};

}  // namespace

TEST_CASE("PIN change: the new one opens and the old one does not, and it is on the record") {
    Shop shop;
    REQUIRE(shop.change(shop.staff, Pharmacy::right_pin, Shop::new_pin));
    CHECK(shop.kinds() == std::vector{LedgerKind::pin_changed});
    CHECK(shop.last().staff.str() == "0000000001");
    CHECK_FALSE(shop.opens(shop.staff, Pharmacy::right_pin));
    CHECK(shop.opens(shop.staff, Shop::new_pin));
    shop.start();
    CHECK(shop.opens(shop.staff, Shop::new_pin));
    CHECK(shop.opens(shop.colleague, Pharmacy::other_pin));  // the store key is the same
}

TEST_CASE("PIN change: it is not for who does not know the old one, and tries are counted") {
    Shop shop;
    for (int n = 0; n < 4; ++n) CHECK(shop.change(shop.staff, "0000", Shop::new_pin).fault() == Fault::wrong_key);
    CHECK(shop.change(shop.staff.forged(), Pharmacy::right_pin, Shop::new_pin).fault() == Fault::denied);  // the fifth
    CHECK(shop.kinds() == std::vector(5, LedgerKind::sign_in_failed));
    CHECK(shop.change(shop.staff, Pharmacy::right_pin, Shop::new_pin).fault() == Fault::denied);
    CHECK(shop.desk->staff_card(shop.staff.identity)->locked_until == shop.clock.wall() + 60s);
    shop.clock.pass(61s);
    CHECK(shop.opens(shop.staff, Pharmacy::right_pin));
}

TEST_CASE("PIN change: only digits become a PIN, and two answers are needed") {
    Shop shop;
    CHECK(shop.change(shop.staff, Pharmacy::right_pin, "12").fault() == Fault::malformed);
    CHECK(shop.desk->change_pin(shop.staff.identity, {}, pin(Pharmacy::right_pin), pin(Shop::new_pin)).fault() ==
          Fault::malformed);
    CHECK(shop.change(shop.newcomer, "1234", Shop::new_pin).fault() == Fault::not_found);
    CHECK(shop.kinds().empty());
    CHECK(shop.opens(shop.staff, Pharmacy::right_pin));
}

TEST_CASE("slots: a colleague with their own card gets one, whoever is signed in says so on the record") {
    Shop shop;
    CHECK(shop.give_slot(shop.newcomer, Shop::new_pin).fault() == Fault::denied);  // nobody is signed in
    shop.sign_in();
    CHECK(shop.try_sign_in(shop.newcomer, Shop::new_pin).fault() == Fault::not_found);
    REQUIRE(shop.give_slot(shop.newcomer, Shop::new_pin));
    CHECK(shop.kinds().back() == LedgerKind::slot_added);
    const auto body = shop.last();
    CHECK(body.staff.str() == "0000000001");
    CHECK(body.other_staff.str() == "0000000003");
    CHECK(body.idm == shop.newcomer.identity.idm);
    CHECK(shop.desk->who()->staff.str() == "0000000001");  // still the first one's screen
    CHECK(shop.opens(shop.newcomer, Shop::new_pin));
    CHECK(shop.desk->who()->name == "津久見 凪");
}

TEST_CASE("slots: not for a stranger, a second time, a lost card, a patient or somebody who has left") {
    Shop shop;
    shop.sign_in();
    CHECK(shop.give_slot(fakes::make_card(card::CardKind::staff, "0000000099"), Shop::new_pin).fault() ==
          Fault::denied);
    CHECK(shop.give_slot(fakes::make_card(card::CardKind::patient, "0000000003"), Shop::new_pin).fault() ==
          Fault::not_found);
    CHECK(shop.give_slot(shop.colleague, Shop::new_pin).fault() == Fault::denied);
    CHECK(shop.give_slot(shop.newcomer, "12").fault() == Fault::malformed);
    SECTION("lost") { shop.region.feed.push_back(model::RevokedCard{shop.region.index_of(shop.newcomer)}); }
    SECTION("left") { shop.name("0000000003", "津久見 凪", false); }
    SECTION("of another facility") {
        shop.region.feed.push_back(
            model::StaffMember{model::StaffId{"0000000003"}, model::FacilityId{"F0002"}, "津久見 凪", true});
    }
    shop.sync();
    CHECK(shop.give_slot(shop.newcomer, Shop::new_pin).fault() == Fault::denied);
    CHECK(shop.connection().slots()->size() == 2);
}

TEST_CASE("slots: a draft is for the card it was drafted for, by whoever was signed in then") {
    Shop shop;
    shop.sign_in();
    const auto challenge = shop.desk->draft_slot(shop.newcomer.identity);
    REQUIRE(challenge);
    CHECK(challenge->pin_needed);
    auto answers = [&] { return shop.newcomer.answers(challenge->first, challenge->second); };
    auto other = shop.newcomer.identity;
    SECTION("another card") {
        other.idm.bytes[7] ^= 1U;
        CHECK(shop.desk->add_slot(other, answers(), pin(Shop::new_pin)).fault() == Fault::out_of_order);
    }
    SECTION("another number") {
        other.record.number = "0000000004";
        CHECK(shop.desk->add_slot(other, answers(), pin(Shop::new_pin)).fault() == Fault::out_of_order);
    }
    SECTION("one answer") {
        std::vector<card::Proof> one;
        one.push_back(shop.newcomer.answer(challenge->first));
        CHECK(shop.desk->add_slot(other, std::move(one), pin(Shop::new_pin)).fault() == Fault::malformed);
    }
    SECTION("locked meanwhile") {
        REQUIRE(shop.desk->lock());
        CHECK(shop.desk->add_slot(other, answers(), pin(Shop::new_pin)).fault() == Fault::out_of_order);
        shop.sign_in();
        CHECK(shop.desk->add_slot(other, answers(), pin(Shop::new_pin)).fault() == Fault::out_of_order);
    }
    SECTION("as it should be") {
        REQUIRE(shop.desk->add_slot(other, answers(), pin(Shop::new_pin)));
        CHECK(shop.desk->add_slot(other, answers(), pin(Shop::new_pin)).fault() == Fault::out_of_order);
    }
}

TEST_CASE("slots: a new one costs what was measured, never less than the least") {
    Shop shop;
    shop.sign_in();
    REQUIRE(shop.give_slot(shop.newcomer, Shop::new_pin));
    const auto slots = *shop.connection().slots();
    for (const auto& slot : slots) {
        CHECK(slot.opslimit >= 2);
        CHECK(slot.opslimit <= 16);
        CHECK(slot.memlimit == 64 * 1024 * 1024);
    }
}

TEST_CASE("slots: one is taken away with its shift, but never the last") {
    Shop shop;
    REQUIRE(shop.opens(shop.colleague, Pharmacy::other_pin));
    CHECK(shop.desk->remove_slot(model::StaffId{"0000000099"}).fault() == Fault::not_found);
    shop.sign_in();
    REQUIRE(shop.desk->remove_slot(model::StaffId{"0000000002"}));
    CHECK(shop.kinds().back() == LedgerKind::slot_removed);
    CHECK(shop.last().staff.str() == "0000000001");
    CHECK(shop.last().other_staff.str() == "0000000002");
    CHECK(shop.desk->staff_card(shop.colleague.identity).fault() == Fault::not_found);
    CHECK(shop.desk->shifts().size() == 1);
    const auto before = shop.kinds();
    CHECK(shop.desk->remove_slot(model::StaffId{"0000000001"}).fault() == Fault::denied);
    CHECK(shop.kinds() == before);
    CHECK(shop.desk->signed_in());
    // With a new slot the same colleague is back, with another PIN.
    REQUIRE(shop.give_slot(shop.colleague, Shop::new_pin));
    CHECK_FALSE(shop.opens(shop.colleague, Pharmacy::other_pin));
    CHECK(shop.opens(shop.colleague, Shop::new_pin));
}

TEST_CASE("slots: taking away one's own signs out") {
    Shop shop;
    CHECK(shop.desk->remove_slot(model::StaffId{"0000000001"}).fault() == Fault::denied);  // nobody is signed in
    shop.sign_in();
    REQUIRE(shop.desk->remove_slot(model::StaffId{"0000000001"}));
    CHECK_FALSE(shop.desk->signed_in());
    CHECK(shop.kinds().back() == LedgerKind::sign_out);
    CHECK(shop.desk->shifts().empty());
    CHECK(shop.opens(shop.colleague, Pharmacy::other_pin));
}

TEST_CASE("colleagues: everybody of this facility but oneself, with names, slots and shifts") {
    Shop shop;
    CHECK(shop.desk->colleagues().fault() == Fault::denied);
    REQUIRE(shop.opens(shop.colleague, Pharmacy::other_pin));
    shop.sign_in();
    const auto list = shop.desk->colleagues();
    REQUIRE(list);
    REQUIRE(list->size() == 2);
    CHECK((*list)[0].staff.str() == "0000000002");
    CHECK((*list)[0].name == "大友 環");
    CHECK((*list)[0].slot);
    CHECK((*list)[0].shift_until == shop.clock.wall() + 4h);
    CHECK((*list)[1].name == "津久見 凪");
    CHECK_FALSE((*list)[1].slot);
    CHECK_FALSE((*list)[1].shift_until.has_value());
    CHECK_FALSE((*list)[1].admitted);
    shop.name("0000000002", "大友 環", false);
    CHECK(shop.desk->colleagues()->size() == 1);
}

TEST_CASE("slot maker: only a kiosk of self-service keeps the index key readable") {
    for (const auto type : model::all_facility_types) {
        fakes::TempFolder folder;
        const fakes::SmallRegion region;
        auto store = store::Store::open(folder / "kazashi.db", {.create = true});
        REQUIRE(store);
        REQUIRE(store->set_policy(model::default_policy()));
        desk::SlotMaker slots{*store, region.index_key};
        Pharmacy::add_slot(slots, fakes::make_card(card::CardKind::staff, "0000000001"), "4649");
        REQUIRE(slots.finish(vault::make_sealing_pair(), type));
        const auto kept = *store->value(store::value_name::kiosk_index_key);
        const bool readable = kept && base::equal(*kept, region.index_key.bytes.view());
        CHECK(readable == (type == model::FacilityType::city_hall));
        CHECK((readable || !kept || kept->empty()));
        CHECK(slots.finish(vault::make_sealing_pair(), type).fault() == Fault::out_of_order);
    }
}

TEST_CASE("slot maker: a kiosk that stops being one forgets the readable index key with the next sign-in") {
    Pharmacy pharmacy;
    const auto kept = [&] {
        const auto value = *pharmacy.connection().value(store::value_name::kiosk_index_key);
        return value && base::equal(*value, pharmacy.region.index_key.bytes.view());
    };
    auto policy = model::default_policy();
    CHECK_FALSE(kept());
    for (const bool wanted : {true, false, true}) {
        ++policy.version;
        policy.types[model::FacilityType::pharmacy].self_service = wanted;
        pharmacy.region.feed.push_back(policy);
        pharmacy.sync();
        pharmacy.sign_in();
        CHECK(kept() == wanted);
    }
}
