#include "sync/fhir/code_systems.h"

#include <algorithm>
#include <array>

namespace kazashi::fhir {
namespace {

struct Known {
    std::string_view uri;
    CodeSystem system;
};

#define JPFHIR "http://jpfhir.jp/fhir/"
#define MEDIS "http://medis.or.jp/CodeSystem/"
#define YJ_BASE "http://capstandard.jp/"
constexpr std::array table{
    Known{YJ_BASE "iyaku.info/CodeSystem/YJ-code", CodeSystem::yj},
    Known{YJ_BASE "iyaku.info/CodeSystem/YJ-code-active", CodeSystem::yj},
    Known{"urn:oid:1.2.392.100495.20.2.73", CodeSystem::yj},
    Known{"urn:oid:1.2.392.100495.20.1.73", CodeSystem::yj},
    Known{MEDIS "master-YJ", CodeSystem::yj},
    Known{YJ_BASE "CodeSystem/KikakubetsuYakuzaiSeibun", CodeSystem::generic_order},
    Known{JPFHIR "core/mhlw/CodeSystem/MedicationGeneralOrderCode", CodeSystem::generic_order},
    Known{"urn:oid:1.2.392.100495.20.2.81", CodeSystem::generic_order},
    Known{"urn:oid:1.2.392.100495.20.1.81", CodeSystem::generic_order},
    Known{MEDIS "master-HOT13", CodeSystem::hot},
    Known{MEDIS "master-HOT9", CodeSystem::hot},
    Known{MEDIS "master-HOT7", CodeSystem::hot},
    Known{"urn:oid:1.2.392.200119.4.402.1", CodeSystem::hot},
    Known{"urn:oid:1.2.392.200119.4.403.1", CodeSystem::hot},
    Known{"urn:oid:1.2.392.100495.20.2.74", CodeSystem::hot},
    Known{"urn:oid:1.2.392.200119.4.403.2", CodeSystem::hot},
    Known{"urn:oid:1.2.392.100495.20.2.71", CodeSystem::receipt_drug},
    Known{"urn:oid:1.2.392.100495.20.2.72", CodeSystem::price_list},
    Known{JPFHIR "eCS/CodeSystem/MedicationCodeNocoded_CS", CodeSystem::nocoded},
    Known{MEDIS "master-disease-keyNumber", CodeSystem::disease_key},
    Known{"urn:oid:1.2.392.200119.4.101.2", CodeSystem::disease_key},
    Known{MEDIS "master-disease-exCode", CodeSystem::disease_exchange},
    Known{"urn:oid:1.2.392.200119.4.101.6", CodeSystem::disease_exchange},
    Known{MEDIS "master-disease-modKeyNumber", CodeSystem::disease_modifier},
    Known{MEDIS "master-disease-modExCode", CodeSystem::disease_modifier},
    Known{"urn:oid:1.2.392.200119.4.201.2", CodeSystem::disease_modifier},
    Known{"urn:oid:1.2.392.200119.4.201.5", CodeSystem::disease_modifier},
    Known{JPFHIR "core/mhlw/CodeSystem/ICD10-2013-full", CodeSystem::icd10},
    Known{JPFHIR "core/mhlw/CodeSystem/ICD10-2013-3digits", CodeSystem::icd10},
    Known{"http://hl7.org/fhir/sid/icd-10", CodeSystem::icd10},
    Known{"urn:oid:2.16.840.1.113883.6.3", CodeSystem::icd10},
    Known{MEDIS "master-JLAC10-17digits", CodeSystem::jlac10},
    Known{"urn:oid:1.2.392.200119.4.504", CodeSystem::jlac10},
    Known{JPFHIR "clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", CodeSystem::core_lab},
    Known{JPFHIR "clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS", CodeSystem::core_lab},
    Known{JPFHIR "clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS", CodeSystem::local_lab},
    Known{JPFHIR "clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS", CodeSystem::uncoded_lab},
    Known{JPFHIR "core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS", CodeSystem::jfagy_drug},
    Known{JPFHIR "core/CodeSystem/GCM/JP_JfagyMedicationAllergen_CS", CodeSystem::jfagy_drug},
    Known{JPFHIR "core/CodeSystem/JP_JfagyMedicationAllergen_CS", CodeSystem::jfagy_drug},
    Known{JPFHIR "core/CodeSystem/JP_JfagyFoodAllergen_CS", CodeSystem::jfagy_food},
    Known{JPFHIR "core/CodeSystem/JP_JfagyNonFoodNonMedicationAllergen_CS", CodeSystem::jfagy_other},
    Known{"http://loinc.org", CodeSystem::loinc},
    Known{"http://snomed.info/sct", CodeSystem::snomed},
    Known{"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", CodeSystem::absent_unknown},
};
#undef JPFHIR
#undef MEDIS
#undef YJ_BASE

}  // namespace

CodeSystem code_system(std::string_view uri) {
    uri = uri.substr(0, uri.find('|'));
    const auto found = std::find_if(table.begin(), table.end(), [&](const Known& known) { return known.uri == uri; });
    return found == table.end() ? CodeSystem::other : found->system;
}

std::string canonical_code(CodeSystem system, std::string_view code) {
    if (system == CodeSystem::jfagy_drug && (code.starts_with("YCM") || code.starts_with("GCM"))) code.remove_prefix(3);
    std::string out;
    for (const char c : code) {
        if (c == ' ' || (system == CodeSystem::icd10 && c == '.')) continue;
        const bool keep_case =
            system == CodeSystem::other || system == CodeSystem::local_lab || system == CodeSystem::absent_unknown;
        out += !keep_case && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

}  // namespace kazashi::fhir
