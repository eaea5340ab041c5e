// The demonstration region: a country town of invented people, made from a seed and the tables in assets/demo-region.
// Everything is written as files and enters the region through the same doors as real data (POST /fhir, staff and
// facility lists), never around them.
#pragma once

#include <cstdint>
#include <filesystem>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"

namespace kazashi::demo {

// Numbers of files have five digits, and no region of this country has more members than it could fill.
inline constexpr int most_patients = 99'999;

struct DemoOptions {
    int patients{500};
    std::uint32_t seed{44};
    base::Date today;              // records lie before it, a few prescriptions reach beyond it
    std::filesystem::path tables;  // assets/demo-region
    std::filesystem::path out;     // created
};

// Writes into `out`:
//   facilities.json  [{"id":"F0001","type":"pharmacy","name":"…","institution":"4444100011"}, …]   99 of them
//   staff.json       [{"id":"0000000001","facility":"F0001","name":"…"}, …]
//   cards.json       [{"kind":"patient","number":"0000000001","label":"…"}, {"kind":"staff",…}, …]
//   names.toml       what the codes on the cards are called, for kazashi-region names
//   bundles/NNNNN.json  one Bundle (type transaction) per patient; the first one is the story's patient
//   later/new-medicine.json  a Bundle that brings the story's patient a new medicine
//   story.json       what the demo's checks look for: {"today":"2026-03-02","patient":{"number","kanji","kana",
//                    "birth_date","age","sex","blood","medicine","medicines":[…],"allergy","allergy_code","reaction",
//                    "problems":[…],"labs":[{"name","value"}],"clinic","hospital","pharmacy","withheld"},"new_medicine":"…"}
//                    "medicine" is the first of "medicines"; "withheld" must never appear anywhere
//   needles.txt      every name, kana, drug name and free text of the region, one a line (for the thief's search);
//                    nothing under nine bytes, which would be found in any file by chance
// io: a file cannot be read or written · malformed: a table is damaged · limit: too many patients
base::Status write_demo_region(const DemoOptions& options);

}  // namespace kazashi::demo
