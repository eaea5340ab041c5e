// Person, allergies, problems and laboratory values of a summary.
#include "tests/catch.h"
#include "tests/sync/fhir/bundles.h"

using namespace kazashi;
using model::AllergyKnowledge;
using model::LabFlag;
using tests::of_hanako;
using tests::summary_of;

namespace {

std::string allergy(const std::string& what, const std::string& more = {}) {
    return of_hanako("AllergyIntolerance", R"("code":{"text":")" + what + "\"}" + more);
}
std::string none_known(const std::string& system, const std::string& code) {
    return of_hanako("AllergyIntolerance", R"("code":{"coding":[{"system":")" + system + R"(","code":")" + code +
                                               R"("}],"text":"なし"},"recordedDate":"2026-03-02")");
}
const std::string snomed = "http://snomed.info/sct";

std::string problem(const std::string& name, const std::string& more = {}) {
    return of_hanako("Condition", R"("code":{"text":")" + name + "\"}" + more);
}
std::string verified(const std::string& code) {
    return R"(,"verificationStatus":{"coding":[{"code":")" + code + "\"}]}";
}

const std::string potassium =
    R"("status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://medis.or.jp/CodeSystem/master-JLAC10-17digits","code":"3H015000002326101"}],"text":"カリウム"})";
std::string lab(const std::string& day, const std::string& value, const std::string& more = {}) {
    return of_hanako("Observation",
                     potassium + R"(,"effectiveDateTime":")" + day + R"(","valueQuantity":)" + value + more);
}

}  // namespace

TEST_CASE("person: name and birth and sex are those of the record") {
    const auto read = summary_of({});
    REQUIRE(read);
    CHECK(read->person.kanji == "臼杵 花子");
    CHECK(read->person.born.text == "1941-02-11");
    CHECK(read->person.sex == model::Sex::female);
    CHECK(read->sections.has(model::Section::emergency));
}

TEST_CASE("person: a blood group is put together and records that disagree show none") {
    const auto group = [](const char* code, const char* value) {
        return of_hanako("Observation",
                         R"("status":"final","code":{"coding":[{"system":"urn:oid:1.2.392.200119.4.504","code":")" +
                             std::string{code} + R"("}]},"valueCodeableConcept":{"text":")" + value + "\"}");
    };
    const auto abo = group("5H010000001910114", "ＡＢ型");
    CHECK(summary_of({abo, group("5H020000001910114", "Rh(D)陽性")})->person.blood == "AB Rh+");
    CHECK(summary_of({abo, group("5H020000001910114", "（－）")})->person.blood == "AB Rh-");
    CHECK(summary_of({abo, group("5H010000001910114", "O型")})->person.blood.empty());
}

TEST_CASE("allergies: listed and none confirmed and unknown are three faces") {
    const auto listed = summary_of({allergy("そば"), none_known(snomed, "716186003")});
    CHECK(listed->allergy_knowledge == AllergyKnowledge::listed);
    CHECK(listed->allergies_checked.text.empty());
    const auto none = summary_of({none_known(snomed, "716186003")});
    CHECK(none->allergy_knowledge == AllergyKnowledge::none_confirmed);
    CHECK(none->allergies_checked.text == "2026-03-02");
    CHECK(summary_of({})->allergy_knowledge == AllergyKnowledge::unknown);
    const auto old =
        summary_of({none_known("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-allergies")});
    CHECK(old->allergy_knowledge == AllergyKnowledge::none_confirmed);
}

TEST_CASE("allergies: no food allergy and no information are not none") {
    for (const auto* code : {"429625007", "409137002", "1287211007"}) {
        const auto read = summary_of({none_known(snomed, code)});
        CHECK(read->allergy_knowledge == AllergyKnowledge::unknown);
        CHECK(read->allergies.empty());
    }
}

TEST_CASE("allergies: an error and a refutation are dropped and a doubt is marked") {
    CHECK(summary_of({allergy("そば", verified("entered-in-error"))})->allergy_knowledge == AllergyKnowledge::unknown);
    CHECK(summary_of({allergy("そば", verified("refuted"))})->allergies.empty());
    const auto doubted = summary_of({allergy("そば", verified("unconfirmed"))});
    REQUIRE(doubted->allergies.size() == 1);
    CHECK(doubted->allergies.front().unconfirmed);
}

TEST_CASE("allergies: one we may not read takes away the word that there are none") {
    const auto read =
        summary_of({none_known(snomed, "716186003"), allergy("そば", R"(,"modifierExtension":[{"url":"x"}])")});
    CHECK(read->allergy_knowledge == AllergyKnowledge::unknown);
    CHECK(read->not_understood == 1);
}

TEST_CASE("allergies: reaction and severity and code are read") {
    const auto read = summary_of(
        {of_hanako(
             "AllergyIntolerance",
             R"("category":["medication"],"code":{"coding":[{"system":"http://jpfhir.jp/fhir/core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS","code":"YCM6132016F2020"}],"text":"フロモックス錠100mg"},"reaction":[{"manifestation":[{"text":"じんましん"},{"text":"息苦しさ"}],"severity":"severe"}])"),
         allergy("サバ")});
    REQUIRE(read->allergies.size() == 2);
    const auto& first = read->allergies.front();
    CHECK(first.what == "フロモックス錠100mg");
    CHECK(first.code == "6132016F2020");
    CHECK(first.reaction == "じんましん、息苦しさ");
    CHECK(first.medicine);
    CHECK(first.severe);
    CHECK(!read->allergies.back().medicine);
}

TEST_CASE("uninformed: leaves no trace, not even in the counts") {
    const auto hidden =
        R"(,"meta":{"tag":[{"system":"http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication","code":"UNINFORMED"}]})";
    const auto read = summary_of(
        {problem("胃癌", hidden), of_hanako("Procedure", R"("code":{"text":"胃全摘"})" + std::string{hidden})});
    REQUIRE(read);
    CHECK(read->problems.empty());
    CHECK(read->not_understood == 0);
}

TEST_CASE("problems: a suspicion is never a diagnosis") {
    const auto read = summary_of({problem("高血圧症"), problem("大腸癌", verified("provisional")),
                                  problem("胃癌の疑い"), problem("肺炎", verified("refuted"))});
    REQUIRE(read->problems.size() == 3);
    for (const auto& one : read->problems) CHECK(one.suspected == (one.name != "高血圧症"));
}

TEST_CASE("problems: a modifier the text lacks is put to the name") {
    const auto read = summary_of(
        {problem(
             "胃癌",
             R"(,"extension":[{"url":"http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePostfixModifier","valueCodeableConcept":{"coding":[{"display":"の疑い"}]}}])"),
         problem(
             "左前腕骨折",
             R"(,"extension":[{"url":"http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePrefixModifier","valueCodeableConcept":{"coding":[{"display":"左"}]}}])")});
    REQUIRE(read->problems.size() == 2);
    CHECK(read->problems[0].name == "胃癌の疑い");
    CHECK(read->problems[0].suspected);
    CHECK(read->problems[1].name == "左前腕骨折");
}

TEST_CASE("problems: active first and the same disease once") {
    const auto icd = R"(,"clinicalStatus":{"coding":[{"code":"resolved"}]})";
    const auto read = summary_of({problem("肺炎", icd), problem("高血圧症", R"(,"onsetDateTime":"2015")"),
                                  problem("高血圧症", R"(,"onsetDateTime":"2009-06")")});
    REQUIRE(read->problems.size() == 2);
    CHECK(read->problems[0].name == "高血圧症");
    CHECK(read->problems[0].since.text == "2009-06");
    CHECK(!read->problems[1].active);
}

TEST_CASE("labs: the latest value as written with what came before") {
    const auto read = summary_of({lab("2026-01-10", R"({"value":4.40,"unit":"mEq/L"})"),
                                  lab("2026-03-10", R"({"value":3.50,"unit":"ｍＥｑ／Ｌ"})"),
                                  lab("2025-11-10", R"({"value":4.1,"unit":"mg/dL"})"),
                                  lab("2026-02-10", R"({"value":4.2,"unit":"mEq/L","comparator":"<"})")});
    REQUIRE(read->labs.size() == 1);
    const auto& row = read->labs.front();
    CHECK(row.value == "3.50");
    CHECK(row.code == "3H015000002326101");
    CHECK(row.taken.text == "2026-03-10");
    REQUIRE(row.history.size() == 2);  // neither another unit nor a bound is a point of the curve
    CHECK(row.history.front().value == 4.4);
    CHECK(row.history.back().value == 3.5);
}

TEST_CASE("labs: high and low are computed only in the same unit") {
    const auto ranged = [](const std::string& value, const std::string& unit) {
        return summary_of({lab("2026-03-10", R"({"value":)" + value + R"(,"unit":"mEq/L"})",
                               R"(,"referenceRange":[{"low":{"value":3.6,"unit":")" + unit +
                                   R"("},"high":{"value":4.80,"unit":")" + unit + "\"}}]")})
            ->labs.front();
    };
    CHECK(ranged("3.5", "mEq/L").flag == LabFlag::low);
    CHECK(ranged("3.6", "mEq/L").flag == LabFlag::none);
    CHECK(ranged("4.9", "mEq/L").flag == LabFlag::high);
    CHECK(ranged("4.9", "mg/dL").flag == LabFlag::none);
    CHECK(ranged("4.9", "mEq/L").range == "3.6–4.80");
}

TEST_CASE("labs: the laboratory's word is not overruled by arithmetic") {
    const auto flagged = [](const char* code) {
        return summary_of(
                   {lab(
                       "2026-03-10", R"({"value":9,"unit":"mEq/L"})",
                       R"(,"referenceRange":[{"high":{"value":4.8,"unit":"mEq/L"}}],"interpretation":[{"coding":[{"code":")" +
                           std::string{code} + "\"}]}]")})
            ->labs.front()
            .flag;
    };
    CHECK(flagged("N") == LabFlag::none);
    CHECK(flagged("HH") == LabFlag::high);
    CHECK(flagged("L") == LabFlag::low);
    CHECK(flagged("A") == LabFlag::abnormal);
}

TEST_CASE("labs: words and bounds stay as they are and errors go") {
    const auto read = summary_of(
        {of_hanako("Observation", potassium + R"(,"effectiveDateTime":"2026-03-10","valueString":"（±）")")});
    CHECK(read->labs.front().value == "（±）");
    CHECK(summary_of({lab("2026-03-10", R"({"value":0.10,"comparator":"<"})")})->labs.front().value == "<0.10");
    CHECK(
        summary_of(
            {of_hanako(
                "Observation",
                R"("status":"entered-in-error","category":[{"coding":[{"code":"laboratory"}]}],"code":{"text":"K"},"valueString":"9")")})
            ->labs.empty());
}

TEST_CASE("summary: what no screen shows is counted") {
    const auto read =
        summary_of({of_hanako("Immunization", R"("status":"completed")"), of_hanako("Mystery", R"("id":"x")"),
                    problem("高血圧症"), R"({"resourceType":"Organization","id":"o1"})"});
    CHECK(read->not_understood == 2);
}

TEST_CASE("summary: a Patient that stands in two sections is one person") {
    const auto one = tests::bundle({tests::hanako, problem("高血圧症")});
    const auto two = tests::bundle({tests::hanako, allergy("そば")});
    const auto read =
        fhir::read_summary({{model::Section::clinical, one}, {model::Section::emergency, two}}, tests::today);
    REQUIRE(read);
    CHECK((*read)->problems.size() == 1);
    CHECK((*read)->allergies.size() == 1);
    CHECK((*read)->sections.bits() == 5);
}

TEST_CASE("summary: what is no Bundle is malformed") {
    const auto read = [](std::string_view text) {
        return fhir::read_summary({{model::Section::clinical, text}}, tests::today);
    };
    CHECK(read("nonsense").fault() == base::Fault::malformed);
    CHECK(read("{}").fault() == base::Fault::malformed);
    CHECK(read(tests::hanako).fault() == base::Fault::malformed);
}
