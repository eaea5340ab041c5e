#include "sync/demo/bundle.h"

#include <fmt/format.h>

#include <cmath>

namespace kazashi::demo {
namespace {

constexpr std::string_view base_url = "https://source.example/fhir/";
constexpr const char* core = "http://jpfhir.jp/fhir/core/StructureDefinition/";
constexpr const char* institution_system = "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no";
constexpr const char* icd10_system = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";

double supplied(const Drug& drug, const Usage& usage) {
    if (drug.amount > 0) return drug.amount;
    return std::ceil(drug.days * usage.times * usage.dose - 0.01);
}

std::string usage_text(const Drug& drug, const Usage& usage) {
    if (usage.times <= 0) return usage.text;
    return fmt::format("{} 1回{}{}", usage.text, short_number(usage.dose), drug.unit);
}

Fhir name(const char* kind, const std::string& family, const std::string& given) {
    Fhir one{
        {"extension", Fhir::array({Fhir{{"url", "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"},
                                        {"valueCode", kind}}})},
        {"use", "official"},
        {"text", given.empty() ? family : family + " " + given},
        {"family", family}};
    if (!given.empty()) one["given"] = Fhir::array({given});
    return one;
}

Fhir limits(const Lab& lab, const std::array<double, 2>& range) {
    Fhir one;
    const auto bound = [&](double value) {
        Fhir quantity{{"value", decimal(fmt::format("{:.{}f}", value, lab.digits))}};
        if (!lab.unit.empty()) quantity["unit"] = lab.unit;
        return quantity;
    };
    if (range[0] > 0) one["low"] = bound(range[0]);
    if (range[1] > 0) one["high"] = bound(range[1]);
    return one;
}

}  // namespace

std::string iso(base::Date day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

BundleWriter::BundleWriter(const Resident& resident, Needles& needles, int first)
    : resident_{resident}, needles_{needles}, next_{first} {
    add_patient();
}

std::string BundleWriter::text() const {
    const Fhir bundle{{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", entries_}};
    return demo::written(bundle);
}

Fhir& BundleWriter::add(const std::string& type, const char* profile) {
    const auto id = type == "Patient" ? "p-" + resident_.number : fmt::format("{}-{}", resident_.number, next_++);
    Fhir resource{{"resourceType", type}, {"id", id}};
    if (profile != nullptr) resource["meta"] = {{"profile", Fhir::array({std::string{core} + profile})}};
    if (type != "Patient")
        resource[type == "AllergyIntolerance" || type == "Immunization" ? "patient" : "subject"] = {
            {"reference", "Patient/p-" + resident_.number}};
    entries_.push_back({{"fullUrl", std::string{base_url} + type + "/" + id},
                        {"resource", std::move(resource)},
                        {"request", {{"method", "PUT"}, {"url", type + "/" + id}}}});
    return entries_.back()["resource"];
}

Fhir BundleWriter::organization(const Place& place) {
    const auto id = "org-" + place.id;
    if (written_.insert(id).second) {
        Fhir resource{{"resourceType", "Organization"}, {"id", id}};
        if (!place.institution.empty())
            resource["identifier"] = Fhir::array({Fhir{{"system", institution_system}, {"value", place.institution}}});
        resource["name"] = place.name;
        entries_.push_back({{"fullUrl", std::string{base_url} + "Organization/" + id},
                            {"resource", std::move(resource)},
                            {"request", {{"method", "PUT"}, {"url", "Organization/" + id}}}});
    }
    return {{"reference", "Organization/" + id}};
}

// JP-CLINS names the facility of a condition or an allergy by its number.
Fhir BundleWriter::institution(const Place& place) {
    organization(place);
    return Fhir::array(
        {Fhir{{"url", "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber"},
              {"valueIdentifier", {{"system", institution_system}, {"value", place.institution}}}}});
}

void BundleWriter::add_patient() {
    auto& patient = add("Patient", "JP_Patient");
    const Fhir local{{"use", "usual"},
                     {"type", hl7("v2-0203", "MR")},
                     {"system", "urn:oid:1.2.392.100495.20.3.51.1" + resident_.clinic.institution},
                     {"value", "9" + resident_.number.substr(1)}};
    patient["identifier"] = Fhir::array({Fhir{{"system", "urn:oid:2.999.392.1"}, {"value", resident_.number}}, local});
    patient["name"] = Fhir::array(
        {name("IDE", resident_.family, resident_.given), name("SYL", resident_.family_kana, resident_.given_kana)});
    if (!resident_.latin.empty()) patient["name"].push_back(name("ABC", resident_.latin, ""));
    patient["telecom"] = Fhir::array({Fhir{{"system", "phone"}, {"value", resident_.phone}}});
    patient["gender"] = resident_.sex;
    patient["birthDate"] = iso(resident_.born);
    patient["address"] = Fhir::array({Fhir{{"text", resident_.address}, {"country", "JP"}}});
    if (!resident_.contact.empty())
        patient["contact"] =
            Fhir::array({Fhir{{"relationship", Fhir::array({hl7("v2-0131", "C")})},
                              {"name", {{"text", resident_.contact}}},
                              {"telecom", Fhir::array({Fhir{{"system", "phone"}, {"value", resident_.phone}}})}}});
    if (!resident_.hospital.institution.empty()) {
        const Fhir number{{"system", institution_system}, {"value", resident_.hospital.institution}};
        patient["generalPractitioner"] =
            Fhir::array({Fhir{{"identifier", number}, {"display", resident_.hospital.name}}});
    }
    for (const auto& word :
         {resident_.kanji(), resident_.kana(), resident_.latin, resident_.address, resident_.phone, resident_.contact})
        needles_.add(word);
}

void BundleWriter::problem(const Problem& problem, const Place& at) {
    const auto where = institution(at);
    auto& condition = add("Condition", "JP_Condition");
    if (problem.withheld)
        condition["meta"]["tag"] = Fhir::array(
            {coding("http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "UNINFORMED", "未告知")});
    condition["extension"] = where;
    condition["clinicalStatus"] = hl7("condition-clinical", problem.ended.empty() ? "active" : "resolved");
    condition["verificationStatus"] = hl7("condition-ver-status", problem.suspected ? "provisional" : "confirmed");
    auto codes = Fhir::array({coding(icd10_system, problem.icd10, problem.name)});
    if (!problem.key.empty())
        codes.push_back(coding("http://medis.or.jp/CodeSystem/master-disease-keyNumber", problem.key, problem.name));
    condition["code"] = {{"coding", codes}, {"text", problem.name}};
    condition["onsetDateTime"] = problem.since;
    if (!problem.ended.empty()) condition["abatementDateTime"] = problem.ended;
    needles_.add(problem.name);
}

void BundleWriter::allergy(const AllergyKind& allergy, const std::string& recorded, const Place& at, bool unconfirmed) {
    const auto where = institution(at);
    auto& resource = add("AllergyIntolerance", "JP_AllergyIntolerance");
    resource["extension"] = where;
    resource["clinicalStatus"] = hl7("allergyintolerance-clinical", "active");
    resource["verificationStatus"] = hl7("allergyintolerance-verification", unconfirmed ? "unconfirmed" : "confirmed");
    resource["category"] = Fhir::array({allergy.drug               ? "medication"
                                        : allergy.what == "ハチ毒" ? "environment"
                                                                   : "food"});
    if (allergy.severe) resource["criticality"] = "high";
    Fhir code;
    if (!allergy.code.empty())
        code["coding"] = Fhir::array({coding(
            allergy.code.starts_with("YCM") ? "http://jpfhir.jp/fhir/core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS"
                                            : "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS",
            allergy.code, allergy.what)});
    code["text"] = allergy.what;
    resource["code"] = code;
    resource["recordedDate"] = recorded;
    Fhir reaction{{"manifestation", Fhir::array({Fhir{{"text", allergy.reaction}}})}};
    if (allergy.severe) reaction["severity"] = "severe";
    resource["reaction"] = Fhir::array({reaction});
    needles_.add(allergy.what);
    needles_.add(allergy.reaction);
}

void BundleWriter::no_allergies(const std::string& checked, const Place& at) {
    const auto where = institution(at);
    auto& resource = add("AllergyIntolerance", "JP_AllergyIntolerance");
    resource["extension"] = where;
    resource["clinicalStatus"] = hl7("allergyintolerance-clinical", "active");
    resource["code"] =
        concept_of(coding("http://snomed.info/sct", "716186003", "No known allergy"), "既知のアレルギーなし");
    resource["recordedDate"] = checked;
    needles_.add("既知のアレルギーなし");
}

void BundleWriter::blood_group(const std::string& abo, base::Date taken, const Place& at) {
    const auto where = organization(at);
    const auto one = [&](const char* code, const char* words, const std::string& value) {
        auto& resource = add("Observation", "JP_Observation_LabResult");
        resource["status"] = "final";
        resource["category"] = Fhir::array({concept_of(
            coding("http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS", "laboratory"))});
        resource["code"] = concept_of(coding("http://medis.or.jp/CodeSystem/master-JLAC10-17digits", code), words);
        resource["effectiveDateTime"] = iso(taken);
        resource["performer"] = Fhir::array({where});
        resource["valueCodeableConcept"] = {{"text", value}};
    };
    one("5H010000001910114", "血液型-ABO式", abo + "型");
    one("5H020000001910114", "血液型-Rh(D)因子", "Rh(D)陽性");
}

void BundleWriter::prescription(const Prescription& prescription, const Place& by, const Place& dispensed_at) {
    const auto& [drug, usage, written, group, old_code_uri] = prescription;
    const auto where = organization(by);
    auto& request = add("MedicationRequest", "JP_MedicationRequest");
    const std::string id = request["id"];
    request["identifier"] = Fhir::array(
        {Fhir{{"system", "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber"},
              {"value", std::to_string(group)}},
         Fhir{{"system", "http://jpfhir.jp/fhir/core/mhlw/IdSystem/MedicationAdministrationIndex"}, {"value", "1"}}});
    request["status"] = "completed";
    request["intent"] = "order";
    request["medicationCodeableConcept"] = concept_of(
        coding(old_code_uri ? "urn:oid:1.2.392.100495.20.2.73" : "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
               drug.code, drug.name),
        drug.name);
    request["authoredOn"] = iso(written) + "T10:30:00+09:00";
    request["requester"] = where;
    const auto told = usage_text(drug, usage);
    Fhir dosage{{"text", told}};
    if (!usage.code.empty())
        dosage["timing"] = {
            {"code", concept_of(coding("http://jami.jp/CodeSystem/MedicationUsage", usage.code), usage.text)}};
    if (usage.as_needed) dosage["asNeededBoolean"] = true;
    request["dosageInstruction"] = Fhir::array({dosage});
    Fhir supply{{"quantity", amount(supplied(drug, usage), drug.unit)}};
    if (drug.days > 0) supply["expectedSupplyDuration"] = in_days(drug.days);
    request["dispenseRequest"] = supply;
    needles_.add(drug.name);
    needles_.add(told);
    dispensing(id, prescription, dispensed_at);
}

void BundleWriter::dispensing(const std::string& request, const Prescription& prescription, const Place& at) {
    const auto where = organization(at);
    const auto& drug = prescription.drug;
    auto& dispense = add("MedicationDispense", "JP_MedicationDispense");
    dispense["status"] = "completed";
    dispense["medicationCodeableConcept"] =
        concept_of(coding("http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", drug.code), drug.name);
    dispense["performer"] = Fhir::array({Fhir{{"actor", where}}});
    dispense["authorizingPrescription"] = Fhir::array({Fhir{{"reference", "MedicationRequest/" + request}}});
    dispense["quantity"] = amount(supplied(drug, prescription.usage), drug.unit);
    if (drug.days > 0) dispense["daysSupply"] = in_days(drug.days);
    dispense["whenHandedOver"] = iso(prescription.written) + "T11:20:00+09:00";
}

void BundleWriter::lab(const Lab& lab, const std::string& value, base::Date taken, const Place& at) {
    const auto where = organization(at);
    auto& resource = add("Observation", "JP_Observation_LabResult");
    resource["status"] = "final";
    resource["category"] = Fhir::array(
        {concept_of(coding("http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS", "laboratory"))});
    resource["code"] = concept_of(coding("http://medis.or.jp/CodeSystem/master-JLAC10-17digits", lab.code), lab.name);
    resource["effectiveDateTime"] = iso(taken) + "T09:10:00+09:00";
    resource["performer"] = Fhir::array({where});
    Fhir quantity{{"value", decimal(value)}};
    if (!lab.unit.empty()) quantity["unit"] = lab.unit;
    resource["valueQuantity"] = quantity;
    const auto& range = resident_.sex == "male" ? lab.male : lab.female;
    resource["referenceRange"] = Fhir::array({limits(lab, range)});
    const double number = std::stod(value);
    const char* flag = range[0] > 0 && number < range[0] ? "L" : range[1] > 0 && number > range[1] ? "H" : nullptr;
    if (flag != nullptr) resource["interpretation"] = Fhir::array({hl7("v3-ObservationInterpretation", flag)});
    needles_.add(lab.name);
}

void BundleWriter::vaccination(const std::string& what, base::Date day, const Place& at) {
    const auto where = organization(at);
    auto& resource = add("Immunization", "JP_Immunization");
    resource["status"] = "completed";
    resource["vaccineCode"] = {{"text", what}};
    resource["occurrenceDateTime"] = iso(day);
    resource["performer"] = Fhir::array({Fhir{{"actor", where}}});
    needles_.add(what);
}

void BundleWriter::procedure(const std::string& what, const std::string& month, const Place& at) {
    const auto where = organization(at);
    auto& resource = add("Procedure", "JP_Procedure");
    resource["status"] = "completed";
    resource["code"] = {{"text", what}};
    resource["performedDateTime"] = month;
    resource["performer"] = Fhir::array({Fhir{{"actor", where}}});
    needles_.add(what);
}

void BundleWriter::pacemaker(const std::string& since) {
    auto& device = add("Device", nullptr);
    device.erase("subject");
    device["patient"] = {{"reference", "Patient/p-" + resident_.number}};
    device["type"] = concept_of(coding("http://snomed.info/sct", "14106009"), "植込み型心臓ペースメーカー");
    const std::string id = device["id"];
    auto& use = add("DeviceUseStatement", nullptr);
    use["status"] = "active";
    use["timingPeriod"] = {{"start", since}};
    use["device"] = {{"reference", "Device/" + id}};
    use["bodySite"] = {{"text", "左前胸部"}};
    needles_.add("植込み型心臓ペースメーカー");
}

void BundleWriter::care_plan(const std::string& what, base::Date from, const Place& at) {
    const auto where = organization(at);
    auto& resource = add("CarePlan", nullptr);
    resource["status"] = "active";
    resource["intent"] = "plan";
    resource["title"] = what;
    resource["period"] = {{"start", iso(from)}};
    resource["author"] = where;
    needles_.add(what);
}

}  // namespace kazashi::demo
