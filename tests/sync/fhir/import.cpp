#include <algorithm>

#include "sync/fhir/tuning.h"
#include "tests/catch.h"
#include "tests/sync/fhir/bundles.h"

using namespace kazashi;
using tests::bundle;
using tests::hanako;
using tests::import;
using tests::of_hanako;

namespace {
const std::string condition = R"("id":"c1","code":{"text":"高血圧症"})";
const fhir::ImportedResource* find(const fhir::Import& import, const std::string& id) {
    for (const auto& patient : import.patients)
        for (const auto& resource : patient.resources)
            if (resource.id == id) return &resource;
    return nullptr;
}
bool tells(const fhir::Import& import, const std::string& expression) {
    return std::any_of(import.issues.begin(), import.issues.end(),
                       [&](const fhir::Issue& issue) { return issue.expression == expression; });
}
}  // namespace

TEST_CASE("import: a resource is stored as the bytes it came in") {
    const std::string lab = of_hanako("Observation", R"( "id":"o1", "valueQuantity" : { "value" : 1.50 } )");
    const auto outcome = import(bundle({hanako, lab}));
    REQUIRE(outcome.imported());
    REQUIRE(find(outcome.import(), "o1") != nullptr);
    CHECK(find(outcome.import(), "o1")->json == lab);
    CHECK(outcome.import().patients.front().patient.json == hanako);
}

TEST_CASE("import: a patient is known by number and kana and birth date") {
    const auto outcome = import(bundle({hanako}));
    REQUIRE(outcome.imported());
    const auto& patient = outcome.import().patients.front();
    CHECK(patient.regional_number == "0000000001");
    CHECK(patient.identifiers == std::vector<std::string>{"urn:oid:2.999.392.1|0000000001"});
    CHECK(patient.birth_date == "1941-02-11");
    CHECK(patient.patient.id == "p1");
}

TEST_CASE("import: a number that has not ten digits makes no member") {
    const auto outcome =
        import(bundle({R"({"resourceType":"Patient","identifier":[{"system":"urn:oid:2.999.392.1","value":"R-1"}]})"}));
    REQUIRE(outcome.imported());
    CHECK(outcome.import().patients.front().regional_number.empty());
    CHECK(tells(outcome.import(), "Bundle.entry[0].resource.identifier"));
}

TEST_CASE("import: resources go to their sections") {
    const auto outcome = import(bundle(
        {hanako, of_hanako("AllergyIntolerance", R"("id":"a")"), of_hanako("MedicationRequest", R"("id":"m")"),
         of_hanako("Condition", R"("id":"c")"), of_hanako("CarePlan", R"("id":"p")"),
         of_hanako("Coverage", R"("id":"v")"),
         of_hanako("Observation", R"("id":"b","code":{"coding":[{"system":"http://loinc.org","code":"883-9"}]})"),
         of_hanako("Observation", R"("id":"o","code":{"text":"K"})"),
         of_hanako("Consent", R"("id":"d","category":[{"coding":[{"system":"http://loinc.org","code":"42348-3"}]}])"),
         of_hanako("Consent", R"("id":"e","category":[{"coding":[{"code":"59284-0"}]}])")}));
    REQUIRE(outcome.imported());
    const auto section = [&](const char* id) { return find(outcome.import(), id)->section; };
    CHECK(section("a") == model::Section::emergency);
    CHECK(section("b") == model::Section::emergency);
    CHECK(section("d") == model::Section::emergency);
    CHECK(section("m") == model::Section::medication);
    CHECK(section("c") == model::Section::clinical);
    CHECK(section("o") == model::Section::clinical);
    CHECK(section("p") == model::Section::care);
    CHECK(!section("v"));
    CHECK(!section("e"));
}

TEST_CASE("import: what is not JSON is refused") {
    CHECK(import("not json").refused("structure", "Bundle"));
    CHECK(import("").refused("structure", "Bundle"));
    CHECK(import("[]").refused("structure", "Bundle"));
    CHECK(import(std::string(10U << 20U, '\0')).refused("structure", "Bundle"));
}

TEST_CASE("import: only a Bundle of four types is taken") {
    CHECK(import(hanako).refused("not-supported", "Patient"));
    CHECK(import("{}").refused("structure", "resourceType"));
    CHECK(import(bundle({hanako}, "searchset")).refused("not-supported", "Bundle.type"));
    CHECK(import(R"({"resourceType":"Bundle","type":"batch"})").refused("required", "Bundle.entry"));
    for (const auto* type : {"transaction", "batch", "collection", "document"})
        CHECK(import(bundle({hanako}, type)).imported());
}

TEST_CASE("import: an entry that is no resource is named") {
    const auto with = [](const std::string& entry) {
        return import(R"({"resourceType":"Bundle","type":"batch","entry":[{"resource":)" + hanako + "}," + entry +
                      "]}");
    };
    CHECK(with("{}").refused("required", "Bundle.entry[1].resource"));
    CHECK(with(R"({"resource":"x"})").refused("structure", "Bundle.entry[1].resource"));
    CHECK(with(R"({"resource":{}})").refused("structure", "Bundle.entry[1].resource.resourceType"));
    CHECK(with(R"({"resource":{"resourceType":"patient 1"}})")
              .refused("structure", "Bundle.entry[1].resource.resourceType"));
    CHECK(with(R"({"resource":{"resourceType":"Parameters"}})").refused("not-supported", "Bundle.entry[1].resource"));
    CHECK(with(R"({"request":{"method":"DELETE","url":"Condition/1"}})")
              .refused("not-supported", "Bundle.entry[1].request.method"));
}

TEST_CASE("import: without a Patient nothing is taken") {
    CHECK(import(bundle({of_hanako("Condition", condition)})).refused("required", "Bundle.entry"));
}

TEST_CASE("import: another person's resource is refused and not filed under the one who is there") {
    const auto other = R"({"resourceType":"Condition","subject":{"reference":"Patient/p2"}})";
    CHECK(import(bundle({hanako, other})).refused("not-found", "Bundle.entry[1].resource.subject"));
    const auto number =
        R"({"resourceType":"Condition","subject":{"identifier":{"system":"urn:oid:2.999.392.1","value":"0000000002"}}})";
    CHECK(import(bundle({hanako, number})).refused("not-found", "Bundle.entry[1].resource.subject"));
    const auto group = R"({"resourceType":"Condition","subject":{"reference":"Group/p1"}})";
    CHECK(import(bundle({hanako, group})).refused("not-found", "Bundle.entry[1].resource.subject"));
}

TEST_CASE("import: a patient named by identifier is found") {
    const auto by_number =
        R"({"resourceType":"Condition","id":"c1","subject":{"identifier":{"system":"urn:oid:2.999.392.1","value":"0000000001"}}})";
    CHECK(import(bundle({hanako, by_number})).imported());
    const auto conditional =
        R"({"resourceType":"Condition","id":"c1","subject":{"reference":"Patient?identifier=urn:oid:2.999.392.1|0000000001"}})";
    CHECK(import(bundle({hanako, conditional}, "transaction")).imported());
    // JP-CLINS names the patient of a document by an insurance number the Patient may not carry.
    const auto insured =
        R"({"resourceType":"Condition","id":"c1","subject":{"identifier":{"system":"http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID","value":"1:2:3:04"}}})";
    CHECK(import(bundle({hanako, insured}, "document")).imported());
    CHECK(import(bundle({hanako, insured}, "transaction")).refused("not-found", "Bundle.entry[1].resource.subject"));
}

TEST_CASE("import: a contained copy of the patient is the patient whose number it has") {
    const auto with = [](const std::string& number) {
        return import(bundle(
            {hanako,
             R"({"resourceType":"Condition","contained":[{"resourceType":"Patient","id":"x","identifier":[{"system":"urn:oid:2.999.392.1","value":")" +
                 number + R"("}]}],"subject":{"reference":"#x"}})"}));
    };
    CHECK(with("0000000001").imported());
    CHECK(with("0000000002").refused("not-found", "Bundle.entry[1].resource.subject"));
}

TEST_CASE("import: references are resolved as urn and relative and tolerant") {
    const auto body = R"({"resourceType":"Bundle","type":"document","entry":[
        {"fullUrl":"urn:uuid:AAAAAAAA-0000-4000-8000-000000000001","resource":{"resourceType":"Patient","id":"p1"}},
        {"fullUrl":"http://a.example/fhir/Condition/c1","resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"urn:uuid:aaaaaaaa-0000-4000-8000-000000000001"}}},
        {"fullUrl":"http://a.example/fhir/Condition/c2","resource":{"resourceType":"Condition","id":"c2","subject":{"reference":"Patient/p1"}}},
        {"fullUrl":"http://a.example/fhir/Condition/c3","resource":{"resourceType":"Condition","id":"c3","subject":{"reference":"http://b.example/fhir/Patient/p1/_history/2"}}}]})";
    const auto outcome = import(body);
    REQUIRE(outcome.imported());
    CHECK(outcome.import().patients.front().resources.size() == 3);
}

TEST_CASE("import: a Bundle of several people keeps them apart") {
    const std::string taro =
        R"({"resourceType":"Patient","id":"p2","identifier":[{"system":"urn:oid:2.999.392.1","value":"0000000002"}]})";
    const std::string drug = R"({"resourceType":"Medication","id":"d1","code":{"text":"x"}})";
    const std::string request =
        R"({"resourceType":"MedicationRequest","id":"m2","subject":{"reference":"Patient/p2"},"medicationReference":{"reference":"Medication/d1"}})";
    const auto outcome = import(bundle({hanako, taro, of_hanako("Condition", condition), request, drug}));
    REQUIRE(outcome.imported());
    REQUIRE(outcome.import().patients.size() == 2);
    CHECK(outcome.import().patients[0].resources.size() == 1);
    CHECK(outcome.import().patients[1].resources.size() == 2);
    CHECK(import(bundle({hanako, taro, R"({"resourceType":"Condition"})"}))
              .refused("required", "Bundle.entry[2].resource.subject"));
    CHECK(
        import(
            bundle(
                {hanako,
                 R"({"resourceType":"Patient","id":"p9","identifier":[{"system":"urn:oid:2.999.392.1","value":"0000000001"}]})"}))
            .refused("duplicate", "Bundle.entry[1].resource.identifier"));
}

TEST_CASE("import: organizations belong to nobody") {
    const auto outcome = import(bundle({hanako, R"({"resourceType":"Organization","id":"o1","name":"病院"})"}));
    REQUIRE(outcome.imported());
    REQUIRE(outcome.import().shared.size() == 1);
    CHECK(outcome.import().shared.front().id == "o1");
    CHECK(outcome.import().patients.front().resources.empty());
}

TEST_CASE("import: the same place twice is refused") {
    const auto entry = [](const std::string& url, const std::string& id) {
        return R"({"fullUrl":")" + url + R"(","resource":{"resourceType":"Condition","id":")" + id + R"("}})";
    };
    const auto with = [&](const std::string& a, const std::string& b) {
        return import(R"({"resourceType":"Bundle","type":"batch","entry":[{"resource":)" + hanako + "}," + a + "," + b +
                      "]}");
    };
    CHECK(with(entry("urn:uuid:A", "1"), entry("urn:uuid:a", "2")).refused("duplicate", "Bundle.entry[2].fullUrl"));
    CHECK(with(entry("urn:uuid:a", "1"), entry("urn:uuid:b", "1")).refused("duplicate", "Bundle.entry[2].resource.id"));
}

TEST_CASE("import: a name twice in one object is refused by its name") {
    CHECK(import(bundle({hanako, of_hanako("Condition", R"("code":{"text":"a","text":"b"})")}))
              .refused("structure", "Bundle.entry[1].resource.code.text"));
}

TEST_CASE("import: an element that is too long is named") {
    const std::string narrative(10U << 20U, 'x');
    const auto huge = import(bundle({hanako, of_hanako("Condition", R"("text":{"div":")" + narrative + "\"}")}));
    CHECK(huge.refused("too-long", "Bundle.entry[1].resource.text.div"));
    CHECK(std::get<fhir::Refusal>(huge.result).http_status == 413);
    const auto large = import(
        bundle({hanako, of_hanako("Condition", R"("note":[{"text":")" + narrative.substr(0, 2U << 20U) + "\"}]")}));
    CHECK(large.refused("too-long", "Bundle.entry[1].resource.note[0].text"));
    CHECK(import(std::string(fhir::inspect_limit + 1, ' ')).refused("too-long", "Bundle"));
}

TEST_CASE("import: unknown types are kept and counted") {
    const auto outcome =
        import(bundle({hanako, of_hanako("Mystery", R"("id":"x")"), of_hanako("Mystery", R"("id":"y")")}));
    REQUIRE(outcome.imported());
    CHECK(outcome.import().entries == 3);
    CHECK(outcome.import().understood == 1);
    CHECK(outcome.import().patients.front().resources.size() == 2);
    CHECK(tells(outcome.import(), "Bundle.entry[1].resource"));
}

TEST_CASE("import: a wrong primitive is taken and told") {
    const auto outcome =
        import(bundle({R"({"resourceType":"Patient","id":"p1","active":"true","birthDate":1941})",
                       of_hanako("Observation", R"("valueQuantity":{"value":"1.5"},"code":{"text":"K"})")}));
    REQUIRE(outcome.imported());
    CHECK(tells(outcome.import(), "Bundle.entry[0].resource.active"));
    CHECK(tells(outcome.import(), "Bundle.entry[0].resource.birthDate"));
    CHECK(tells(outcome.import(), "Bundle.entry[1].resource.valueQuantity.value"));
    CHECK(outcome.import().patients.front().birth_date == "1941");
}

TEST_CASE("import: what the patient was not told is withheld and so is what repeats it") {
    const auto outcome = import(
        bundle({hanako, of_hanako("Condition", R"("id":"hidden","meta":{"tag":[{"code":"UNINFORMED"}]})"),
                of_hanako("Condition", R"("id":"open")"),
                of_hanako("Composition", R"("id":"letter","section":[{"entry":[{"reference":"Condition/hidden"}]}])"),
                of_hanako("Composition", R"("id":"other","section":[{"entry":[{"reference":"Condition/open"}]}])")}));
    REQUIRE(outcome.imported());
    CHECK(find(outcome.import(), "hidden")->withheld);
    CHECK(find(outcome.import(), "letter")->withheld);
    CHECK(!find(outcome.import(), "open")->withheld);
    CHECK(!find(outcome.import(), "other")->withheld);
}

TEST_CASE("import: a resource without an id gets the same one at every sending") {
    const auto body = bundle({hanako, of_hanako("Condition", R"("code":{"text":"高血圧症"})")});
    const auto id = import(body).import().patients.front().resources.front().id;
    CHECK(id == import(body).import().patients.front().resources.front().id);
    CHECK(id.size() == 34);
    const auto other = bundle({hanako, of_hanako("Condition", R"("code":{"text":"糖尿病"})")});
    CHECK(id != import(other).import().patients.front().resources.front().id);
}

TEST_CASE("outcome: names element and reason as FHIR wants it") {
    const auto text =
        fhir::operation_outcome({{fhir::Issue::Severity::error, "required", "Bundle.entry", "no Patient"}});
    CHECK(
        text ==
        R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","diagnostics":"no Patient","expression":["Bundle.entry"]}]})");
    CHECK(fhir::operation_outcome({}).find("informational") != std::string::npos);
}
