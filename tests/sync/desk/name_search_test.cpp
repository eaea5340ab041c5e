// The name index in memory, and what the feed brings while it is open.
#include "tests/sync/desk/ambulance.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

std::size_t found(Ambulance& ambulance, const std::string& kana) {
    const auto people = ambulance.desk->search({kana, "", "", ""}, 10);
    REQUIRE(people);
    return people->size();
}
wire::NameEntry jiro() {
    return {model::PatientRef{{7}}, "津久見 次郎", "ツクミ ジロウ", "1950-02-02", "0972820000", "津久見市1", 1};
}
auto searches(Ambulance& ambulance) {
    const auto kinds = ambulance.kinds();
    return std::count(kinds.begin(), kinds.end(), LedgerKind::name_search);
}

}  // namespace

TEST_CASE("name search: who moved here while the index is open is found from the next quiet moment on") {
    Ambulance ambulance;
    ambulance.sign_in();
    CHECK(found(ambulance, "ツクミ") == 0);
    ambulance.region.publish_names(2, {jiro()});
    ambulance.sync();
    REQUIRE(ambulance.desk->tend());
    CHECK(found(ambulance, "ツクミ") == 1);
    CHECK(found(ambulance, "ウスキ") == 2);
    CHECK(searches(ambulance) == 1);  // it was opened once
}

TEST_CASE("name search: a page that changes takes the place of the old one") {
    Ambulance ambulance;
    ambulance.sign_in();
    CHECK(found(ambulance, "ウスキ") == 2);
    ambulance.region.publish_names(1, {jiro()});
    ambulance.sync();
    REQUIRE(ambulance.desk->tend());
    CHECK(found(ambulance, "ウスキ") == 0);
    CHECK(found(ambulance, "ツクミ") == 1);
}

TEST_CASE("name search: a new epoch's key, come after its pages, opens them without signing in again") {
    Ambulance ambulance;
    ambulance.sign_in();
    ambulance.region.emergency_key = vault::random_key<vault::EmergencyKey>();
    ambulance.region.publish_names(2, {jiro()}, 2);
    ambulance.sync();
    CHECK(found(ambulance, "ツクミ") == 0);
    REQUIRE(ambulance.desk->tend());
    CHECK(found(ambulance, "ツクミ") == 0);
    ambulance.region.entitle(ambulance.facility_key.seal, 2);
    ambulance.sync();
    REQUIRE(ambulance.desk->tend());
    CHECK(found(ambulance, "ツクミ") == 1);
    CHECK(found(ambulance, "ウスキ") == 2);
}

TEST_CASE("name search: nobody's index is read in a quiet moment, only one that was opened") {
    Ambulance ambulance;
    ambulance.sign_in();
    ambulance.region.publish_names(2, {jiro()});
    ambulance.sync();
    REQUIRE(ambulance.desk->tend());
    CHECK(searches(ambulance) == 0);
    REQUIRE(ambulance.desk->lock());
    REQUIRE(ambulance.desk->tend());
    CHECK(ambulance.desk->search({"ツクミ", "", "", ""}, 10).fault() == Fault::denied);
}
