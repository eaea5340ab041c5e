// What the town's sources hold about a person: visits, prescriptions, laboratory values, allergies.
#pragma once

#include <string>

#include "sync/demo/bundle.h"

namespace kazashi::demo {

std::string write_record(const Tables& tables, const Resident& resident, base::Date today, Random& random,
                         Needles& needles);

// The story's patient, as the table says.
std::string write_heroine(const Tables& tables, const Resident& heroine, base::Date today, Needles& needles);
// The Bundle that brings her the new medicine.
std::string write_new_medicine(const Tables& tables, const Resident& heroine, base::Date today, Needles& needles);

}  // namespace kazashi::demo
