// One name per code system, whatever URI it comes under: old OIDs, new URLs, URLs of examples (fhir.md §1.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kazashi::fhir {

enum class CodeSystem : std::uint8_t {
    other,
    yj,             // individual drug code, 12 characters
    generic_order,  // 一般名処方, YJ[0:9] + ZZZ
    hot,            // 7, 9, 11 or 13 digits; the first 7 say the drug
    receipt_drug,   // レセ電, 9 digits
    price_list,     // 薬価基準収載医薬品コード, 12: the drug part is that of YJ
    nocoded,
    disease_key,  // MEDIS 病名管理番号
    disease_exchange,
    disease_modifier,
    icd10,
    jlac10,
    core_lab,  // CLINS tables: JLAC10 codes under a name of their own
    local_lab,
    uncoded_lab,
    jfagy_drug,  // YCM + YJ, GCM + generic
    jfagy_food,
    jfagy_other,
    loinc,
    snomed,
    absent_unknown,  // IPS 1.x, removed since, still in the wild
};

// A "|version" behind the URI is not looked at.
CodeSystem code_system(std::string_view uri);

// The code as one canonical text: ICD-10 without its dot, upper case, JFAGY drug codes without YCM or GCM.
std::string canonical_code(CodeSystem system, std::string_view code);

// 地域共通ID: the region's own domain of ten-digit numbers. 2.999 is the arc for examples; a region sets its own.
inline constexpr std::string_view regional_id_system = "urn:oid:2.999.392.1";
inline constexpr std::string_view institution_system =
    "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no";
inline constexpr std::string_view resource_instance_system =
    "http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier";
inline constexpr std::string_view institution_extension =
    "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber";

}  // namespace kazashi::fhir
