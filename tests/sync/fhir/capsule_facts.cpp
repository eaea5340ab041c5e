#include "sync/fhir/capsule_facts.h"

#include "sync/wire/capsule.h"
#include "tests/catch.h"
#include "tests/sync/fhir/bundles.h"

using namespace kazashi;
using namespace kazashi::tests;
using model::AllergyKnowledge;
using model::Known;

namespace {

model::Capsule facts_of(const std::vector<std::string>& resources, const std::string& patient = hanako) {
    auto all = resources;
    all.insert(all.begin(), patient);
    const auto facts = fhir::read_capsule_facts(bundle(all), today);
    REQUIRE(facts);
    return *facts;
}

std::string concept_of(const std::string& system, const std::string& code) {
    return R"({"coding":[{"system":")" + system + R"(","code":")" + code + R"("}]})";
}
const std::string jfagy = "http://jpfhir.jp/fhir/core/CodeSystem/";
std::string allergy(const std::string& code, const std::string& more = "") {
    return of_hanako("AllergyIntolerance", R"("code":)" + code + more);
}
std::string condition(const std::string& icd10, const std::string& more = "") {
    return of_hanako(
        "Condition",
        R"("code":)" + concept_of("http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", icd10) + more);
}
std::string verified(const std::string& status) {
    return R"(,"verificationStatus":{"coding":[{"code":")" + status + R"("}]})";
}
std::string pregnancy(const std::string& code, const std::string& day) {
    return of_hanako("Observation", R"("status":"final","code":)" + concept_of("http://loinc.org", "82810-3") +
                                        R"(,"effectiveDateTime":")" + day + R"(","valueCodeableConcept":)" +
                                        concept_of("http://snomed.info/sct", code));
}
std::string dialysis(const std::string& day) {
    return of_hanako("Procedure", R"("status":"completed","code":)" +
                                      concept_of("http://snomed.info/sct", "302497006") + R"(,"performedDateTime":")" +
                                      day + R"(")");
}

}  // namespace

TEST_CASE("capsule facts: allergies by YJ, generic and JFAGY code, the gravest first, one line for one substance") {
    const auto facts = facts_of(
        {allergy(concept_of(jfagy + "JP_JfagyFoodAllergen_CS", "J9FC11310000")),
         allergy(concept_of(jfagy + "YCM/JP_JfagyMedicationAllergen_CS", "YCM6132016F2020"),
                 R"(,"criticality":"high")"),
         allergy(concept_of(jfagy + "GCM/JP_JfagyMedicationAllergen_CS", "GCM6132016F1ZZZ"), verified("unconfirmed")),
         allergy(concept_of("urn:oid:1.2.392.100495.20.2.73", "1149019F1560"), verified("unconfirmed"))});
    CHECK(facts.allergy_knowledge == AllergyKnowledge::listed);
    REQUIRE(facts.allergies.size() == 3);
    CHECK(facts.allergies[0] == model::CapsuleAllergy{"6132016", false, true, false});
    CHECK(facts.allergies[1] == model::CapsuleAllergy{"J9FC11310000", false, false, false});
    CHECK(facts.allergies[2] == model::CapsuleAllergy{"1149019", false, false, true});
    CHECK(facts.allergies_left_out == 0);
    CHECK(facts.date == today);
}

TEST_CASE("capsule facts: what has only words, another code or a dummy is counted, never guessed") {
    const auto facts = facts_of({allergy(R"({"text":"ピリン系の薬"})"),
                                 allergy(concept_of("http://medis.or.jp/CodeSystem/master-HOT9", "103831601")),
                                 allergy(concept_of("http://example.org/local", "1149019F1560")),
                                 allergy(concept_of(jfagy + "JP_JfagyFoodAllergen_CS", "D9F000000000"))});
    CHECK(facts.allergy_knowledge == AllergyKnowledge::listed);
    CHECK(facts.allergies.empty());
    CHECK(facts.allergies_left_out == 4);
}

TEST_CASE("capsule facts: none and unknown stay two things") {
    CHECK(facts_of({}).allergy_knowledge == AllergyKnowledge::unknown);
    CHECK(facts_of({allergy(concept_of("http://snomed.info/sct", "716186003"))}).allergy_knowledge ==
          AllergyKnowledge::none_confirmed);
}

TEST_CASE("capsule facts: a flagged drug and an order not to give one are contraindicated") {
    const auto yj = [](const std::string& code) {
        return concept_of("http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", code);
    };
    const auto flag = [&](const std::string& status, const std::string& category) {
        return of_hanako("Flag", R"("status":")" + status + R"(","category":[)" +
                                     concept_of("http://terminology.hl7.org/CodeSystem/flag-category", category) +
                                     R"(],"code":)" + yj("6241013F3027"));
    };
    const auto facts = facts_of({flag("active", "drug"), flag("inactive", "drug"), flag("active", "diet"),
                                 of_hanako("MedicationRequest", R"("status":"active","intent":"order",)"
                                                                R"("doNotPerform":true,"medicationCodeableConcept":)" +
                                                                    yj("2171022F2025")),
                                 of_hanako("MedicationRequest", R"("status":"active","intent":"order",)"
                                                                R"("medicationCodeableConcept":)" +
                                                                    yj("2149044F6026"))});
    REQUIRE(facts.allergies.size() == 2);
    CHECK(facts.allergies[0] == model::CapsuleAllergy{"6241013", true, false, false});
    CHECK(facts.allergies[1] == model::CapsuleAllergy{"2171022", true, false, false});
    CHECK(facts.allergy_knowledge == AllergyKnowledge::unknown);  // a drug that must not be given is no allergy
}

TEST_CASE("capsule facts: severe first, then what must not be given, then the rest, unconfirmed ones last") {
    const auto yj = [](const std::string& code) { return concept_of("urn:oid:1.2.392.100495.20.2.73", code); };
    const auto facts =
        facts_of({allergy(yj("1149019F1560"), verified("unconfirmed")), allergy(yj("6132016F2020")),
                  of_hanako("MedicationRequest", R"("status":"active","intent":"order","doNotPerform":true,)"
                                                 R"("medicationCodeableConcept":)" +
                                                     yj("2171022F2025")),
                  allergy(yj("6241013F3027"), R"(,"criticality":"high")")});
    REQUIRE(facts.allergies.size() == 4);
    CHECK(facts.allergies[0].code == "6241013");
    CHECK(facts.allergies[1].code == "2171022");
    CHECK(facts.allergies[2].code == "6132016");
    CHECK(facts.allergies[3].code == "1149019");
}

TEST_CASE("capsule facts: no known allergy and a drug that must not be given is not none, with a code or without") {
    const auto none = allergy(concept_of("http://snomed.info/sct", "716186003"));
    const auto flag = of_hanako("Flag", R"("status":"active","category":[)" +
                                            concept_of("http://terminology.hl7.org/CodeSystem/flag-category", "drug") +
                                            R"(],"code":{"text":"ピリン系の薬"})");
    const auto order = of_hanako("MedicationRequest", R"("status":"active","intent":"order","doNotPerform":true,)"
                                                      R"("medicationCodeableConcept":)" +
                                                          concept_of("urn:oid:1.2.392.100495.20.2.73", "2171022F2025"));
    const auto uncoded = wire::fit(facts_of({none, flag}));  // as it is written on the card
    CHECK(uncoded.allergies_left_out == 1);
    CHECK(uncoded.allergy_knowledge == AllergyKnowledge::listed);
    CHECK(wire::fit(facts_of({none, order})).allergy_knowledge == AllergyKnowledge::listed);
}

TEST_CASE("capsule facts: active and established conditions, cut to four characters") {
    const auto facts =
        facts_of({condition("S7200"), condition("C16.9"), condition("I10"),
                  condition("K802", R"(,"clinicalStatus":{"coding":[{"code":"resolved"}]})"),
                  condition("C189", verified("provisional")), of_hanako("Condition", R"("code":{"text":"腰痛症"})")});
    CHECK(facts.conditions == std::vector<std::string>{"S720", "C169", "I10"});
    CHECK(facts.conditions_left_out == 1);
}

TEST_CASE("capsule facts: what the patient has not been told of leaves no trace") {
    const auto withheld = [](const std::string& icd10) {
        return condition(icd10, R"(,"meta":{"tag":[{"code":"UNINFORMED"}]})");
    };
    const auto facts = facts_of({withheld("C259"), withheld("Z950")});
    CHECK(facts.conditions.empty());
    CHECK(facts.conditions_left_out == 0);
    CHECK(facts.implant == Known::unknown);
}

TEST_CASE("capsule facts: the four questions are answered by codes alone") {
    const auto nothing = facts_of({});
    CHECK(nothing.implant == Known::unknown);
    CHECK(nothing.dialysis == Known::unknown);
    CHECK(nothing.anticoagulant == Known::unknown);
    CHECK(nothing.pregnancy == Known::unknown);
    CHECK(facts_of({condition("Z950")}).implant == Known::yes);
    CHECK(facts_of({condition("Z961")}).implant == Known::unknown);  // a lens
    CHECK(facts_of({condition("Z992")}).dialysis == Known::yes);
    CHECK(facts_of({condition("Z921")}).anticoagulant == Known::yes);
    CHECK(facts_of({condition("Z340")}).pregnancy == Known::yes);
    CHECK(facts_of({condition("Z992", verified("refuted"))}).dialysis == Known::no);
    CHECK(facts_of({condition("Z992", verified("refuted")), condition("Z992")}).dialysis == Known::yes);
    // Warfarin is no code that says "anticoagulant": its class is not looked at.
    const auto warfarin = of_hanako(
        "MedicationRequest", R"("status":"active","intent":"order","authoredOn":"2026-03-19",)"
                             R"("medicationCodeableConcept":)" +
                                 concept_of("http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", "3332001F1130"));
    CHECK(facts_of({warfarin}).anticoagulant == Known::unknown);
}

TEST_CASE("capsule facts: devices in use, dialysis and pregnancy of late") {
    const auto device = [](const std::string& code, const std::string& status) {
        const auto type = code.empty() ? std::string{R"({"text":"植込み型心臓ペースメーカー"})"}
                                       : concept_of("http://snomed.info/sct", code);
        return std::vector<std::string>{
            R"({"resourceType":"Device","id":"d1","patient":{"reference":"Patient/p1"},"type":)" + type + "}",
            of_hanako("DeviceUseStatement", R"("status":")" + status + R"(","device":{"reference":"Device/d1"})")};
    };
    CHECK(facts_of(device("14106009", "active")).implant == Known::yes);
    CHECK(facts_of(device("14106009", "completed")).implant == Known::unknown);
    CHECK(facts_of(device("", "active")).implant == Known::unknown);  // words alone
    CHECK(facts_of({dialysis("2026-03-01")}).dialysis == Known::yes);
    CHECK(facts_of({dialysis("2025-03-01")}).dialysis == Known::unknown);
    CHECK(facts_of({pregnancy("77386006", "2026-01-10")}).pregnancy == Known::yes);
    CHECK(facts_of({pregnancy("77386006", "2025-01-10")}).pregnancy == Known::unknown);
    CHECK(facts_of({pregnancy("60001007", "2026-03-10")}).pregnancy == Known::no);
    CHECK(facts_of({pregnancy("60001007", "2026-01-10")}).pregnancy == Known::unknown);
    CHECK(facts_of({pregnancy("60001007", "2026-03-10"), pregnancy("77386006", "2026-01-10")}).pregnancy == Known::no);
}

TEST_CASE("capsule facts: blood group, emergency contact and preferred hospital") {
    const auto patient = [](const std::string& relationship, const std::string& number) {
        return R"({"resourceType":"Patient","id":"p1","contact":[{"relationship":[)" +
               concept_of("http://terminology.hl7.org/CodeSystem/v2-0131", relationship) +
               R"(],"telecom":[{"system":"phone","value":")" + number +
               R"("}]}],"generalPractitioner":[{"reference":"Organization/o1"}]})";
    };
    const std::string hospital =
        R"({"resourceType":"Organization","id":"o1","identifier":[{"system":)"
        R"("http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no","value":"4410000001"}]})";
    const auto blood =
        of_hanako("Observation", R"("status":"final","code":)" + concept_of("http://loinc.org", "882-1") +
                                     R"(,"valueCodeableConcept":{"text":"AB Rh-"})");
    const auto facts = facts_of({hospital, blood}, patient("C", "０９７２（００）０００１"));
    CHECK(facts.emergency_phone == "0972000001");
    CHECK(facts.preferred_hospital == "4410000001");
    CHECK(facts.abo == model::Abo::ab);
    CHECK(facts.rh == model::Rh::negative);
    CHECK(facts_of({}, patient("C", "tel:+81-972-00-0001")).emergency_phone == "+81972000001");
    CHECK(facts_of({}, patient("C", "0972-00-0001 (夜間)")).emergency_phone.empty());
    CHECK(facts_of({}, patient("N", "0972-00-0001")).emergency_phone.empty());
    CHECK(facts_of({}).preferred_hospital.empty());
}

TEST_CASE("capsule facts: what is no Bundle is refused") {
    CHECK_FALSE(fhir::read_capsule_facts("{", today));
    CHECK(fhir::read_capsule_facts(hanako, today).fault() == base::Fault::malformed);
}
