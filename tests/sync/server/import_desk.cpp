#include "sync/server/import_desk.h"

#include "sync/wire/tuning.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

json visitor(const std::string& id, const std::string& system, const std::string& value, const std::string& born) {
    return {{"resourceType", "Patient"},
            {"id", id},
            {"identifier", json::array({{{"system", system}, {"value", value}}})},
            {"birthDate", born}};
}

}  // namespace

TEST_CASE("import desk: the same Bundle again changes nothing") {
    Town town;
    const auto terminal = town.enrol("F0001");
    const auto text = bundle({patient_of("0000000001"), medicine("0000000001", "m1", "アムロジピン")});
    CHECK(town.import(text).changed == 2);
    const auto head = town.page(terminal, {}).head;
    CHECK(town.import(text).changed == 0);
    CHECK(town.page(terminal, {}).head == head);
    CHECK(town.totals().resources == 2);
}

TEST_CASE("import desk: two Bundles of one number are one patient") {
    Town town;
    town.import(bundle({patient_of("0000000001"), medicine("0000000001", "m1", "アムロジピン")}));
    town.import(bundle({patient_of("0000000001", "ウスキ ハナ"), medicine("0000000001", "m2", "ロキソニン")}));
    CHECK(town.totals().patients == 1);
    CHECK(town.totals().resources == 3);
}

TEST_CASE("import desk: a failure in the middle leaves nothing behind") {
    Town town;
    const auto terminal = town.enrol("F0001");
    const auto head = town.page(terminal, {}).head;
    auto huge = medicine("0000000002", "m1", "x");
    // Noise does not compress: the section becomes larger than a feed entry may be.
    std::string noise(1000 * 1000, ' ');
    std::uint32_t state = 1;
    for (auto& c : noise) c = static_cast<char>('!' + (state = state * 1664525U + 1013904223U) / 65536U % 90U);
    huge["note"] = json::array({{{"text", noise}}});
    const auto read = fhir::import_bundle(
        bundle({patient_of("0000000001"), medicine("0000000001", "m0", "y"), patient_of("0000000002"), huge}));
    REQUIRE(std::holds_alternative<fhir::Import>(read));
    const server::ImportDesk desk{town.region().profile, town.packer()};
    const auto done = desk.store(town.repository(), std::get<fhir::Import>(read), town.now());
    REQUIRE_FALSE(done);
    CHECK(done.fault() == base::Fault::limit);
    CHECK(town.totals().patients == 0);
    CHECK(town.totals().resources == 0);
    CHECK_FALSE(town.patient("0000000001").has_value());
    CHECK(town.page(terminal, {}).head == head);
}

TEST_CASE("import desk: without a regional number, identifier and birthday make the person") {
    Town town;
    town.import(bundle({visitor("a", "urn:oid:1.2.3", "77", "1950-01-01")}));
    SECTION("the same again") { town.import(bundle({visitor("b", "urn:oid:1.2.3", "77", "1950-01-01")})); }
    CHECK(town.totals().patients == 1);
    SECTION("a family member with the same insurance number") {
        town.import(bundle({visitor("c", "urn:oid:1.2.3", "77", "1980-05-05")}));
        CHECK(town.totals().patients == 2);
    }
    SECTION("identifiers of two people") {
        town.import(bundle({visitor("d", "urn:oid:9.9", "1", "1950-01-01")}));
        auto both = visitor("e", "urn:oid:1.2.3", "77", "1950-01-01");
        both["identifier"].push_back({{"system", "urn:oid:9.9"}, {"value", "1"}});
        const auto answer = town.post(bundle({both}));
        REQUIRE(std::holds_alternative<fhir::Refusal>(answer));
        CHECK(std::get<fhir::Refusal>(answer).http_status == 409);
        CHECK(town.totals().patients == 2);
    }
}

TEST_CASE("import desk: what no screen shows is kept and counted") {
    Town town;
    const json device{{"resourceType", "Encounter"},
                      {"id", "e1"},
                      {"status", "finished"},
                      {"class", {{"code", "AMB"}}},
                      {"subject", {{"reference", "Patient/p-0000000001"}}}};
    const auto done = town.import(bundle({patient_of("0000000001"), device}));
    CHECK(done.entries == 2);
    CHECK(done.understood == 1);
    CHECK(town.totals().resources == 2);
    CHECK(town.totals().not_understood == 1);
}
