// A patient's record → the facts a card has room for. Explicit codes only: no drug's action is guessed from its class,
// no word is read. What has no code, or only a code a capsule does not know, is counted as left out.
//
//   allergies       AllergyIntolerance as the summary shows them; by YJ, 一般名 or JFAGY code
//   contraindicated Flag of category "drug", MedicationRequest with doNotPerform; by the same codes
//   conditions      active and established Condition with an ICD-10 code, cut to four characters; newest first
//   implant         Condition Z95 and Z96, but for bypass grafts, lenses and teeth (Z951, Z961, Z965); a Device in use
//   of
//                   these SNOMED CT codes: pacemaker, defibrillator, cochlear prosthesis
//   dialysis        Condition Z992; haemo-, peritoneal or renal dialysis as a Procedure by SNOMED CT, not long ago
//   anticoagulant   Condition Z921
//   pregnancy       Condition Z33, Z34, Z35; Observation LOINC 82810-3, not long ago
//   telephone       Patient.contact of relationship C, emergency contact
//   hospital        Patient.generalPractitioner: the institution number of an organization
// A refuted Condition of such a code, and "no known devices", is a no; a yes beside it counts.
#pragma once

#include <string_view>

#include "cardio/base/result.h"
#include "sync/model/capsule.h"

namespace kazashi::fhir {

// Of a Bundle of all sections (section_bundle). malformed: it is none.
base::Result<model::Capsule> read_capsule_facts(std::string_view bundle, base::Date today);

}  // namespace kazashi::fhir
