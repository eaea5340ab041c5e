// What the desk puts down about cards themselves.
#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

TEST_CASE("cards: an order says which card, and whose it shall be as far as anybody here knows") {
    Setting setting;
    setting.type = model::FacilityType::city_hall;
    Pharmacy hall{setting};
    hall.sign_in();
    const card::Idm idm{{0x01, 0x2E, 0x44, 0, 0, 0, 0, 1}};
    const auto written = [&](const char* what, card::CardKind kind, const std::string& number) {
        REQUIRE(hall.desk->begin_card_order(what, kind, number, idm));
        const auto entries = hall.ledger();
        REQUIRE(entries.back().kind == LedgerKind::card_issued);
        auto body = hall.region.read(entries.back());
        CHECK(body.note == what);
        CHECK(body.idm == idm);
        return body;
    };
    CHECK(written("issue", card::CardKind::patient, "0000000002").number == "0000000002");
    CHECK(written("issue", card::CardKind::staff, "0000000071").other_staff == model::StaffId{"0000000071"});
    for (const auto kind : {card::CardKind::patient, card::CardKind::staff}) {
        const auto unknown = written("finish", kind, "");
        CHECK(unknown.number.empty());
        CHECK(unknown.other_staff.empty());
    }
}
