#include "tests/catch.h"
#include "tests/sync/fhir/bundles.h"

using namespace kazashi;
using tests::of_hanako;
using tests::summary_of;

namespace {

const std::string new_uri = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
const std::string old_uri = "urn:oid:1.2.392.100495.20.2.73";
const std::string hot9 = "http://medis.or.jp/CodeSystem/master-HOT9";

std::string coded(const std::string& system, const std::string& code, const std::string& text) {
    return R"("medicationCodeableConcept":{"coding":[{"system":")" + system + R"(","code":")" + code +
           R"("}],"text":")" + text + "\"}";
}

std::string request(const std::string& drug, const std::string& day, int days, const std::string& more = {}) {
    const auto supply = days == 0 ? std::string{}
                                  : R"(,"dispenseRequest":{"expectedSupplyDuration":{"value":)" + std::to_string(days) +
                                        R"(,"code":"d"}})";
    return of_hanako("MedicationRequest", R"("status":"completed","intent":"order",)" + drug + R"(,"authoredOn":")" +
                                              day + R"(T09:00:00+09:00")" + supply + more);
}

const auto norvasc = coded(new_uri, "2171022F2025", "ノルバスク錠5mg");

}  // namespace

TEST_CASE("medicines: the old and the new code system are one drug") {
    const auto read = summary_of({request(coded(old_uri, "2171022F2025", "ノルバスク錠5mg"), "2026-02-05", 28),
                                  request(norvasc, "2026-03-05", 28)});
    REQUIRE(read);
    REQUIRE(read->medicines.size() == 1);
    CHECK(read->medicines.front().since.text == "2026-03-05");
    CHECK(read->medicines.front().until.text == "2026-04-01");
    CHECK(read->medicines.front().current);
}

TEST_CASE("medicines: another maker is the same drug and another strength is not") {
    const auto read =
        summary_of({request(norvasc, "2026-02-05", 28),
                    request(coded(new_uri, "2171022F2033", "アムロジピン錠5mg「後発」"), "2026-03-05", 28),
                    request(coded(new_uri, "2171022F1029", "ノルバスク錠2.5mg"), "2026-03-05", 28)});
    REQUIRE(read);
    REQUIRE(read->medicines.size() == 2);
    CHECK(read->medicines[0].name == "アムロジピン錠5mg「後発」");
    CHECK(read->medicines[1].name == "ノルバスク錠2.5mg");
}

TEST_CASE("medicines: a drug with two codes brings together what had one of them") {
    const std::string both = R"("medicationCodeableConcept":{"coding":[{"system":")" + new_uri +
                             R"(","code":"2233002F1280"},{"system":")" + hot9 +
                             R"(","code":"103831601"}],"text":"カルボシステイン錠250mg"})";
    const auto read =
        summary_of({request(coded(new_uri, "2233002F1280", "カルボシステイン"), "2026-01-05", 7),
                    request(coded(hot9, "103831601", "ｶﾙﾎﾞｼｽﾃｲﾝ"), "2026-01-20", 7), request(both, "2026-03-18", 7)});
    REQUIRE(read);
    REQUIRE(read->medicines.size() == 1);
    CHECK(read->medicines.front().code == "2233002F1280");
}

TEST_CASE("medicines: free text joins the drug of its name") {
    const auto read = summary_of(
        {request(norvasc, "2026-03-05", 28),
         of_hanako("MedicationStatement",
                   R"("status":"active","medicationCodeableConcept":{"text":"ノルバスク錠５ｍｇ"})"),
         of_hanako("MedicationStatement", R"("status":"active","medicationCodeableConcept":{"text":"青汁"})")});
    REQUIRE(read);
    CHECK(read->medicines.size() == 2);
}

TEST_CASE("medicines: completed does not mean stopped") {
    const auto current_on = [](base::Date day) {
        return summary_of({request(norvasc, "2026-03-01", 28)}, day)->medicines.front().current;
    };
    using namespace std::chrono;
    CHECK(!current_on(2026y / 2 / 28));  // written tomorrow
    CHECK(current_on(2026y / 3 / 1));
    CHECK(current_on(2026y / 3 / 28));
    CHECK(current_on(2026y / 4 / 4));  // seven days of grace
    CHECK(!current_on(2026y / 4 / 5));
}

TEST_CASE("medicines: stopped and on hold are over while there is still supply") {
    for (const auto* status : {"stopped", "on-hold"}) {
        const auto read = summary_of({of_hanako(
            "MedicationRequest",
            R"("status":")" + std::string{status} + R"(","intent":"order",)" + norvasc +
                R"(,"authoredOn":"2026-03-10","dispenseRequest":{"expectedSupplyDuration":{"value":28,"code":"d"}})")});
        REQUIRE(read);
        CHECK(!read->medicines.front().current);
    }
}

TEST_CASE("medicines: what was never to be taken is no row") {
    for (const auto* status : {"cancelled", "entered-in-error", "draft"})
        CHECK(summary_of({of_hanako("MedicationRequest", R"("status":")" + std::string{status} + "\"," + norvasc)})
                  ->medicines.empty());
    CHECK(summary_of({of_hanako("MedicationRequest", R"("status":"active","intent":"proposal",)" + norvasc)})
              ->medicines.empty());
    const auto forbidden =
        summary_of({of_hanako("MedicationRequest", R"("status":"active","doNotPerform":true,)" + norvasc)});
    CHECK(forbidden->medicines.empty());
    CHECK(forbidden->not_understood == 1);
}

TEST_CASE("medicines: as needed lasts a month and is marked") {
    const auto read = summary_of({request(
        norvasc, "2026-03-01", 0, R"(,"dosageInstruction":[{"text":"疼痛時　1回1錠","asNeededBoolean":true}])")});
    REQUIRE(read);
    CHECK(read->medicines.front().as_needed);
    CHECK(read->medicines.front().current);
    CHECK(read->medicines.front().usage == "疼痛時 1回1錠");
    CHECK(read->medicines.front().until.text.empty());
    using namespace std::chrono;
    CHECK(!summary_of({request(norvasc, "2026-03-01", 0)}, 2026y / 4 / 7)->medicines.front().current);
}

TEST_CASE("medicines: a dispensing tells where and when and from when the supply counts") {
    const std::string pharmacy = R"({"resourceType":"Organization","id":"f1","name":"たちばな薬局"})";
    const std::string clinic = R"({"resourceType":"Organization","id":"f2","name":"橘内科"})";
    const auto read = summary_of(
        {pharmacy, clinic,
         request(norvasc, "2026-03-01", 28, R"(,"id":"m1","requester":{"reference":"Organization/f2"})"),
         of_hanako(
             "MedicationDispense",
             R"("status":"completed",)" + coded(hot9, "103297001", "ノルバスク") +
                 R"(,"authorizingPrescription":[{"reference":"MedicationRequest/m1"}],"performer":[{"actor":{"reference":"Organization/f1"}}],"whenHandedOver":"2026-03-03T11:00:00+09:00","daysSupply":{"value":28,"unit":"日"})")});
    REQUIRE(read);
    REQUIRE(read->medicines.size() == 1);
    const auto& row = read->medicines.front();
    CHECK(row.prescribed_at == "橘内科");
    CHECK(row.dispensed_at == "たちばな薬局");
    CHECK(row.since.text == "2026-03-03");
    CHECK(row.until.text == "2026-03-30");
    CHECK(row.days == 28);
    CHECK(row.code == "2171022F2025");
}

TEST_CASE("medicines: one drug from two facilities is one row that names both") {
    const auto by = [](const std::string& name) {
        return R"(,"requester":{"type":"Organization","display":")" + name + "\"}";
    };
    const auto read = summary_of(
        {request(norvasc, "2026-03-05", 28, by("甲医院")), request(norvasc, "2026-03-10", 28, by("乙病院"))});
    REQUIRE(read);
    REQUIRE(read->medicines.size() == 1);
    CHECK(read->medicines.front().prescribed_at == "乙病院、甲医院");
}

TEST_CASE("medicines: two instructions of one day are both shown") {
    const auto use = [](const std::string& text) { return R"(,"dosageInstruction":[{"text":")" + text + "\"}]"; };
    const auto read = summary_of(
        {request(norvasc, "2026-03-05", 28, use("朝食後 1錠")), request(norvasc, "2026-03-05", 28, use("夕食後 2錠"))});
    REQUIRE(read);
    REQUIRE(read->medicines.size() == 1);
    CHECK(read->medicines.front().usage == "朝食後 1錠 ／ 夕食後 2錠");
}

TEST_CASE("medicines: current ones first and then the newest") {
    const auto read = summary_of({request(coded(new_uri, "1149019F1560", "ロキソニン錠60mg"), "2026-01-05", 5),
                                  request(norvasc, "2026-03-05", 28),
                                  request(coded(new_uri, "3962002F2027", "メトグルコ錠250mg"), "2026-03-08", 30)});
    REQUIRE(read);
    REQUIRE(read->medicines.size() == 3);
    CHECK(read->medicines[0].name == "メトグルコ錠250mg");
    CHECK(read->medicines[1].name == "ノルバスク錠5mg");
    CHECK(!read->medicines[2].current);
}

TEST_CASE("medicines: a drug in a Medication of its own is read") {
    const auto read = summary_of(
        {R"({"resourceType":"Medication","id":"d1","code":{"text":"アナストロゾール"}})",
         of_hanako(
             "MedicationStatement",
             R"("status":"active","medicationReference":{"reference":"Medication/d1"},"effectivePeriod":{"start":"2015-03"})")});
    REQUIRE(read);
    CHECK(read->medicines.front().name == "アナストロゾール");
    CHECK(read->medicines.front().current);
    CHECK(read->medicines.front().since.text == "2015-03-01");
}

TEST_CASE("medicines: a statement that is completed is over") {
    const auto read = summary_of({of_hanako(
        "MedicationStatement", R"("status":"completed",)" + norvasc + R"(,"effectivePeriod":{"start":"2026-03-01"})")});
    REQUIRE(read);
    CHECK(!read->medicines.front().current);
}
