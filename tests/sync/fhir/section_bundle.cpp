#include <algorithm>

#include "sync/fhir/tuning.h"
#include "tests/catch.h"
#include "tests/sync/fhir/bundles.h"

using namespace kazashi;
using tests::bundle;
using tests::hanako;
using tests::of_hanako;

namespace {

std::string section_of(const std::vector<std::string>& resources, model::Section section) {
    const auto outcome = tests::import(bundle(resources));
    REQUIRE(outcome.imported());
    const auto& patient = outcome.import().patients.front();
    std::vector<const fhir::ImportedResource*> given;
    for (const auto& resource : patient.resources)
        if (!resource.section || *resource.section == section) given.push_back(&resource);
    for (const auto& shared : outcome.import().shared) given.push_back(&shared);
    return fhir::section_bundle(patient.patient, given);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("section: the patient first and then what belongs to it with the organizations it points to") {
    const auto text = section_of(
        {R"({"resourceType":"Organization","id":"o1","name":"岩郷病院","partOf":{"reference":"Organization/o2"}})",
         R"({"resourceType":"Organization","id":"o2","name":"医療法人"})",
         R"({"resourceType":"Organization","id":"o3","name":"他院"})",
         of_hanako(
             "MedicationRequest",
             R"("id":"m1","requester":{"reference":"Organization/o1"},"medicationReference":{"reference":"Medication/d1"})"),
         R"({"resourceType":"Medication","id":"d1","code":{"text":"ノルバスク"}})",
         of_hanako("Coverage", R"("id":"v1")"), of_hanako("Condition", R"("id":"c1")"), hanako},
        model::Section::medication);
    CHECK(text.starts_with(
        R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient")"));
    for (const auto* id : {"m1", "o1", "o2", "d1"}) CHECK(has(text, std::string{"\"id\":\""} + id + "\""));
    for (const auto* id : {"o3", "v1", "c1"}) CHECK(!has(text, std::string{"\"id\":\""} + id + "\""));
    CHECK(fhir::read_summary({{model::Section::medication, text}}, tests::today));
}

TEST_CASE("section: numbers keep their digits and blanks go") {
    const auto text =
        section_of({hanako, of_hanako("Observation", "\"id\":\"o1\" ,\n \"valueQuantity\": { \"value\" :  1.50 }")},
                   model::Section::clinical);
    CHECK(has(text, R"("valueQuantity":{"value":1.50})"));
}

TEST_CASE("section: what is withheld is not packed even when it is given") {
    const auto text = section_of(
        {hanako, of_hanako("Condition", R"("id":"c1","code":{"text":"胃癌"},"meta":{"tag":[{"code":"UNINFORMED"}]})")},
        model::Section::clinical);
    CHECK(!has(text, "胃癌"));
    CHECK(!has(text, "c1"));
}

TEST_CASE("section: a document of another day that points to what is withheld stays out") {
    const auto first = tests::import(
        bundle({hanako,
                of_hanako("Condition", R"("id":"c1","code":{"text":"胃癌"},"meta":{"tag":[{"code":"UNINFORMED"}]})")}));
    const auto later = tests::import(bundle(
        {hanako,
         of_hanako("CarePlan", R"("id":"p1","title":"胃癌の療養計画","addresses":[{"reference":"Condition/c1"}])"),
         of_hanako("CarePlan", R"("id":"p2","title":"歩行訓練")")}));
    REQUIRE(first.imported());
    REQUIRE(later.imported());
    std::vector<const fhir::ImportedResource*> given;
    for (const auto* import : {&first.import(), &later.import()})
        for (const auto& resource : import->patients.front().resources) given.push_back(&resource);
    const auto text = fhir::section_bundle(first.import().patients.front().patient, given);
    CHECK(!has(text, "胃癌"));
    CHECK(has(text, "歩行訓練"));
}

TEST_CASE("section: an organization named by its institution number comes along") {
    const auto text = section_of(
        {hanako,
         R"({"resourceType":"Organization","id":"o1","name":"病院","identifier":[{"system":"http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no","value":"4419900035"}]})",
         of_hanako(
             "Condition",
             R"("id":"c1","code":{"text":"x"},"extension":[{"url":"http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber","valueIdentifier":{"system":"http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no","value":"4419900035"}}])")},
        model::Section::clinical);
    CHECK(has(text, "病院"));
    const auto summary = fhir::read_summary({{model::Section::clinical, text}}, tests::today);
    REQUIRE(summary);
    CHECK((*summary)->problems.front().facility == "病院");
}

TEST_CASE("section: an organization that is referred to by its number alone comes along") {
    const auto text = section_of(
        {hanako,
         R"({"resourceType":"Organization","id":"o1","name":"本町薬局","identifier":[{"system":"http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no","value":"4449900002"}]})",
         of_hanako(
             "MedicationRequest",
             R"("id":"m1","medicationCodeableConcept":{"text":"x"},"requester":{"identifier":{"system":"http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no","value":"4449900002"}})")},
        model::Section::medication);
    const auto summary = fhir::read_summary({{model::Section::medication, text}}, tests::today);
    REQUIRE(summary);
    CHECK((*summary)->medicines.front().prescribed_at == "本町薬局");
}

TEST_CASE("package: what was packed comes out again") {
    const std::string text = bundle({hanako});
    const auto packed = fhir::compress(text);
    CHECK(packed.size() < text.size());
    const auto plain = fhir::decompress(packed);
    REQUIRE(plain);
    CHECK(base::as_text(plain->view()) == text);
    const auto empty = fhir::decompress(fhir::compress(""));
    REQUIRE(empty);
    CHECK(empty->empty());
}

TEST_CASE("package: damaged and foreign bytes are refused") {
    auto packed = fhir::compress(bundle({hanako}));
    CHECK(fhir::decompress(base::as_bytes("not zstd at all")).fault() == base::Fault::malformed);
    CHECK(fhir::decompress({}).fault() == base::Fault::malformed);
    packed.pop_back();
    CHECK(fhir::decompress(packed).fault() == base::Fault::malformed);
    packed = fhir::compress(std::string(fhir::section_limit + 1, ' '));
    CHECK(fhir::decompress(packed).fault() == base::Fault::limit);
}

TEST_CASE("package: a frame with something behind it is refused") {
    for (const auto* behind : {"{}", ""}) {
        auto packed = fhir::compress("{}");
        base::append(packed, fhir::compress(behind));
        CHECK(fhir::decompress(packed).fault() == base::Fault::malformed);
    }
}
